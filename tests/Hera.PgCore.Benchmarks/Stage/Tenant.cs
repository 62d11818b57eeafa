using System.Globalization;
using System.Text;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace Hera.PgCore.Benchmarks.Stage;

/// <summary>An organization with one webhook a receiver, and a way to fill its queue as fast as the product itself can.</summary>
internal sealed class Tenant
{
    /// <summary>The system actor, who sets everything up.</summary>
    public static readonly Guid Admin = new("00000000-0000-0000-0000-000000000001");

    private const int BatchSize = 1000;

    private readonly BenchDatabase _database;

    private Tenant(BenchDatabase database, Guid id, Guid member, int webhooks)
    {
        _database = database;
        Id = id;
        Member = member;
        Webhooks = webhooks;
    }

    public Guid Id { get; }

    /// <summary>Who posts events: a member of the organization.</summary>
    public Guid Member { get; }

    /// <summary>The subject of the member's tokens.</summary>
    public string Subject => $"bench {Id}";

    public int Webhooks { get; }

    /// <summary>Makes the organization, lets webhooks go to loopback, and gives each receiver a webhook: topics bench.0, bench.1, …</summary>
    public static async Task<Tenant> CreateAsync(BenchDatabase database, IReadOnlyList<Uri> receivers, string code = "BENCH")
    {
        await CallAsync(database, "select public.hera_platform_settings_v1($1)", Json(new { allow_http = true, allowed_networks = new[] { "127.0.0.0/8" } }));
        var answer = await CallAsync(
            database, "select public.hera_organization_v1($1, 'CREATE', $2)", Uuid(Admin), Json(new { name = $"Benchmark {code}", code }));
        var id = answer.RootElement.GetProperty("organization").GetProperty("id").GetGuid();
        var granted = await CallAsync(
            database, "select public.hera_membership_v1($1, $2, 'GRANT', $3)", Uuid(Admin), Uuid(id), Json(new { auth_uid = $"bench {id}", name = "Bench", role = "member" }));
        var member = granted.RootElement.GetProperty("member").GetProperty("user_entity_id").GetGuid();
        for (var number = 0; number < receivers.Count; number++)
        {
            var config = new { url = receivers[number].AbsoluteUri, topics = new[] { Topic(number) } };
            await CallAsync(database, "select public.hera_webhook_config_v1($1, $2, 'CREATE', $3)", Uuid(Admin), Uuid(id), Json(config));
        }

        return new Tenant(database, id, member, receivers.Count);
    }

    /// <summary>The topic that the webhook of this number wants.</summary>
    public static string Topic(int webhook) => string.Create(CultureInfo.InvariantCulture, $"bench.order{webhook}");

    /// <summary>Takes in events of about 500 bytes of JSON, each of which matches one webhook.</summary>
    public async Task QueueAsync(int deliveries)
    {
        var first = 0;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Add(ref first, BatchSize) - BatchSize is var from && from < deliveries)
                await QueueBatchAsync(from, Math.Min(BatchSize, deliveries - from));
        })));
    }

    /// <summary>An order of about 500 bytes; no two are the same.</summary>
    public static string EventData(long number)
    {
        var text = new StringBuilder(600);
        text.Append(CultureInfo.InvariantCulture, $$"""{"order":{{number}},"currency":"EUR","customer":{"name":"Ada Example","city":"Hamburg"},"lines":[""");
        for (var line = 1; line <= 6; line++)
            text.Append(line == 1 ? "" : ",").Append(CultureInfo.InvariantCulture, $$"""{"line":{{line}},"sku":"SKU-{{number % 1000 * line}}","quantity":{{line}},"price":"{{line}}9.90"}""");
        return text.Append("],\"note\":\"Please ring twice.\"}").ToString();
    }

    private async Task QueueBatchAsync(int from, int count)
    {
        var text = new StringBuilder("[");
        for (var number = from; number < from + count; number++)
        {
            text.Append(number == from ? "" : ",").Append(
                CultureInfo.InvariantCulture,
                $$"""{"event_source":"bench","event_type":"order{{number % Webhooks}}","event_data":{{EventData(number)}}}""");
        }

        using var answer = await CallAsync(
            _database, "select public.hera_integration_event_batch_v1($1, $2, $3)", Uuid(Member), Uuid(Id), JsonText(text.Append(']').ToString()));
        if (answer.RootElement.GetProperty("accepted").GetInt32() != count)
            throw new InvalidOperationException("Not all events were accepted.");
    }

    private static async Task<JsonDocument> CallAsync(BenchDatabase database, string sql, params NpgsqlParameter[] parameters)
    {
        await using var command = database.Api.CreateCommand(sql);
        command.Parameters.AddRange(parameters);
        return JsonDocument.Parse((string)(await command.ExecuteScalarAsync())!);
    }

    private static NpgsqlParameter Uuid(Guid value) => new() { NpgsqlDbType = NpgsqlDbType.Uuid, Value = value };

    private static NpgsqlParameter Json(object value) => JsonText(JsonSerializer.Serialize(value));

    private static NpgsqlParameter JsonText(string value) => new() { NpgsqlDbType = NpgsqlDbType.Jsonb, Value = value };
}
