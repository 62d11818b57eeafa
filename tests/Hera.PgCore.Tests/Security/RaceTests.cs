using System.Text.Json;
using Hera.PgCore.Tests.Sql;
using Npgsql;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Security;

/// <summary>64 sessions at once, over connections that are open before the start.</summary>
public sealed class RaceTests
{
    private const int Callers = 64;

    private Tenants tenants = null!;
    private NpgsqlConnection[] connections = null!;

    [OneTimeSetUp]
    public async Task OpenAsync()
    {
        tenants = await Tenants.CreateAsync();
        connections = await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => SqlTestFiles.OpenAsync(tenants.Database)));
    }

    [OneTimeTearDown]
    public async Task CloseAsync()
    {
        foreach (var connection in connections)
            await connection.DisposeAsync();
        await tenants.DisposeAsync();
    }

    [Test]
    public async Task One_key_is_one_event()
    {
        var answers = await AllAsync(_ => Event(tenants.A, "race", """{"n": 1}""", "race-1"));
        Assert.That(answers.Select(a => a.Error), Is.All.Null);
        Assert.That(answers.Count(a => a.Answer!.Value.GetProperty("duplicate").GetBoolean()), Is.EqualTo(Callers - 1));
        Assert.That(answers.Select(a => a.Answer!.Value.GetProperty("event_id").GetString()).Distinct(), Has.Exactly(1).Items);
        Assert.That(await CountAsync($"from hera.events where organization_id = '{tenants.A.Organization}' and event_source = 'race'"), Is.EqualTo(1));
    }

    [Test]
    public async Task One_key_with_other_content_is_refused_whoever_was_first()
    {
        var answers = await AllAsync(n => Event(tenants.A, "mismatch", $$"""{"n": {{n % 2}}}""", "race-2"));
        var accepted = answers.Where(a => a.Error is null).ToArray();
        Assert.That(accepted, Has.Length.EqualTo(Callers / 2));
        Assert.That(accepted.Count(a => !a.Answer!.Value.GetProperty("duplicate").GetBoolean()), Is.EqualTo(1));
        Assert.That(answers.Where(a => a.Error is not null).Select(a => (a.Error!.SqlState, a.Error.Detail)), Is.All.EqualTo(("PT422", "idempotency.mismatch")));
        Assert.That(await CountAsync($"from hera.events where organization_id = '{tenants.A.Organization}' and event_source = 'mismatch'"), Is.EqualTo(1));
    }

    [Test]
    public async Task One_key_in_100_organizations_is_100_events()
    {
        await using var command = new NpgsqlCommand("select (hera_test.organization('many')).organization from generate_series(1, 100)", connections[0]);
        List<Guid> organizations = [];
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
                organizations.Add(reader.GetGuid(0));
        }
        List<(JsonElement? Answer, PostgresException? Error)> answers = [];
        foreach (var half in organizations.Chunk(50))
            answers.AddRange((await AllAsync(n => n < half.Length ? Event(tenants.A with { Admin = Tenants.System, Organization = half[n] }, "many", "{}", "the-key") : "select '{}'")).Take(half.Length));
        Assert.That(answers.Select(a => a.Error), Is.All.Null);
        Assert.That(answers.Select(a => a.Answer!.Value.GetProperty("event_id").GetString()).Distinct(), Has.Exactly(100).Items);
        Assert.That(await CountAsync("from hera.events where event_source = 'many'"), Is.EqualTo(100));
    }

    [Test]
    public async Task One_key_is_one_webhook_whose_secret_one_caller_sees()
    {
        var create = $$"""
            select hera_webhook_config_v1('{{tenants.A.Admin}}', '{{tenants.A.Organization}}', 'CREATE', '{"url": "https://example.com/race", "idempotency_key": "race"}')::text
            """;
        var answers = await AllAsync(_ => create);
        Assert.That(answers.Select(a => a.Error), Is.All.Null);
        var webhooks = answers.Select(a => a.Answer!.Value.GetProperty("webhook")).ToArray();
        Assert.That(answers.Count(a => !a.Answer!.Value.GetProperty("duplicate").GetBoolean()), Is.EqualTo(1));
        Assert.That(webhooks.Select(w => w.GetProperty("id").GetString()).Distinct(), Has.Exactly(1).Items);
        Assert.That(webhooks.Count(w => w.GetProperty("secret").GetString()!.StartsWith("whsec_", StringComparison.Ordinal)), Is.EqualTo(1));
        Assert.That(await CountAsync($"from hera.webhooks where organization_id = '{tenants.A.Organization}' and url = 'https://example.com/race'"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_dead_letter_that_64_replay_is_sent_once()
    {
        var replay = $$"""select hera_webhook_replay_v1('{{tenants.A.Admin}}', '{{tenants.A.Organization}}', '{"delivery_ids": ["{{tenants.A.DeadLetter}}"]}')::text""";
        var answers = await AllAsync(_ => replay);
        Assert.That(answers.Count(a => a.Answer?.GetProperty("replayed").GetInt32() == 1), Is.EqualTo(1));
        Assert.That(answers.Where(a => a.Error is not null).Select(a => (a.Error!.SqlState, a.Error.Detail)), Is.All.EqualTo(("PT404", "not_found")).And.Exactly(Callers - 1).Items);
        Assert.That(await CountAsync($"from hera.outbox_ready where delivery_id = '{tenants.A.DeadLetter}'"), Is.EqualTo(1));
    }

    [Test]
    public async Task No_delivery_is_claimed_twice_and_none_is_left()
    {
        await QueueAsync("claims", 1000);
        var answers = await AllAsync(n => Claim("claims", n, 50));
        Assert.That(answers.Select(a => a.Error), Is.All.Null);
        var claimed = answers.SelectMany(a => Ids(a.Answer!.Value)).ToList();
        // Who came while others held all blocks of the queue went away with nothing.
        while (Ids((await AnswerAsync(connections[0], Claim("claims", 0, 1000))).RootElement).ToList() is { Count: > 0 } rest)
            claimed.AddRange(rest);
        Assert.That(claimed, Is.Unique.And.Exactly(1000).Items);
        await ExecuteAsync("select hera_test.check_invariants()");
    }

    [Test]
    public async Task A_worker_passes_over_the_block_that_another_takes_from()
    {
        await QueueAsync("blocks", 1000);
        await using var transaction = await connections[0].BeginTransactionAsync();
        var first = Ids((await AnswerAsync(connections[0], Claim("blocks", 0, 10))).RootElement).ToList();
        var second = Ids((await AnswerAsync(connections[1], Claim("blocks", 1, 10))).RootElement).ToList();
        await transaction.CommitAsync();
        var third = Ids((await AnswerAsync(connections[1], Claim("blocks", 1, 1000))).RootElement).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(first, Has.Count.EqualTo(10));
            Assert.That(second, Has.Count.EqualTo(10), "claimed without waiting");
            Assert.That(first.Concat(second).Concat(third), Is.Unique);
        });
    }

    [Test]
    public async Task New_webhooks_and_users_made_at_once_are_told_apart()
    {
        var answers = await AllAsync(n => n % 2 == 0
            ? $$"""select hera_webhook_config_v1('{{tenants.B.Admin}}', '{{tenants.B.Organization}}', 'CREATE', '{"url": "https://example.com/same", "topics": ["never"]}')::text"""
            : $$"""select hera_membership_v1('{{tenants.B.Admin}}', '{{tenants.B.Organization}}', 'GRANT', '{"auth_uid": "racer", "role": "member"}')::text""");
        Assert.That(answers.Select(a => a.Error), Is.All.Null);
        Assert.That(await CountAsync("from hera.identities where auth_uid = 'racer'"), Is.EqualTo(1));
        Assert.That(await CountAsync($"from (select distinct webhook_no from hera.webhooks where organization_id = '{tenants.B.Organization}') w"), Is.EqualTo(1 + (Callers / 2)));
        Assert.That(await CountAsync($"from hera.core_entities where organization_id = '{tenants.B.Organization}' and entity_name = 'https://example.com/same' and entity_type = 'INTEGRATION_ENDPOINT'"), Is.EqualTo(1));
    }

    /// <summary>Makes these the only deliveries of the queue.</summary>
    private async Task QueueAsync(string source, int deliveries)
    {
        await ExecuteAsync("do $$ begin while exists (select from hera_outbox_claim_v1('clears the queue', 1000)) loop end loop; end $$");
        await ExecuteAsync($$"""select hera_test.webhook('{{tenants.A.Organization}}', '{"topics": ["{{source}}.*"]}')""");
        await ExecuteAsync($"select hera_test.event('{tenants.A.Organization}', 't', '{{}}', '{source}') from generate_series(1, {deliveries})");
    }

    private static string Claim(string source, int worker, int limit) =>
        $"select coalesce(jsonb_agg(delivery_id) filter (where topic = '{source}.t'), '[]')::text from hera_outbox_claim_v1('w{worker}', {limit})";

    private static IEnumerable<string?> Ids(JsonElement claimed) => claimed.EnumerateArray().Select(id => id.GetString());

    private static async Task<JsonDocument> AnswerAsync(NpgsqlConnection connection, string statement)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        return JsonDocument.Parse((string)(await command.ExecuteScalarAsync())!);
    }

    private static string Event(Tenant tenant, string source, string data, string key) =>
        $"select hera_integration_event_in_v1('{tenant.Admin}', '{tenant.Organization}', '{source}', 't', '{data}', null, '{key}')::text";

    private async Task<(JsonElement? Answer, PostgresException? Error)[]> AllAsync(Func<int, string> statement)
    {
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var calls = connections.Select(async (connection, n) =>
        {
            await using var command = new NpgsqlCommand(statement(n), connection);
            await start.Task;
            try
            {
                return ((JsonElement?)JsonSerializer.Deserialize<JsonElement>((string)(await command.ExecuteScalarAsync())!), (PostgresException?)null);
            }
            catch (PostgresException e)
            {
                return (null, e);
            }
        }).ToArray();
        start.SetResult();
        return await Task.WhenAll(calls);
    }

    private Task<long> CountAsync(string from) => tenants.Database.ScalarAsync<long>($"select count(*) {from}");

    private async Task ExecuteAsync(string sql)
    {
        await using var command = new NpgsqlCommand(sql, connections[0]);
        await command.ExecuteNonQueryAsync();
    }
}
