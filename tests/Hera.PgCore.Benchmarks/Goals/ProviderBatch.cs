using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Hera.PgCore.Benchmarks.Measuring;
using Hera.PgCore.Benchmarks.Stage;
using Npgsql;
using NpgsqlTypes;

namespace Hera.PgCore.Benchmarks.Goals;

/// <summary>Goal 13: a provider's callback of 100 items, from its bytes to the commit of 100 events and their deliveries.</summary>
internal static class ProviderBatch
{
    public static readonly Goal Goal = new(13, "a signed HubSpot callback of 100 items, with a webhook for each, in one transaction; milliseconds", MeasureAsync);

    private const int Items = 100;
    private const string Address = "https://hera.example.com/api/v2/integrations/inbound/hubspot-crm";
    private const string Secret = "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy";

    private static async Task<Outcome> MeasureAsync(BenchStage stage)
    {
        await using var database = await stage.CreateDatabaseAsync();
        var tenant = await Tenant.CreateAsync(database, []);
        await CallAsync(database, $$"""
            select public.hera_integration_connector_v1('{{Tenant.Admin}}', '{{tenant.Id}}', 'INSTALL', p_connector_code => 'hubspot-crm',
              p_installation_config => '{"client_id": "c", "client_secret": "{{Secret}}", "portal_id": "33"}')
            """);
        await CallAsync(database, $$"""
            select public.hera_webhook_config_v1('{{Tenant.Admin}}', '{{tenant.Id}}', 'CREATE', '{"url": "{{stage.Receiver.Urls[0]}}", "topics": ["hubspot-crm.*"]}')
            """);
        var samples = new Samples();
        var calls = stage.Options.Quick ? 12 : 60;
        for (var call = 0; call < calls; call++)
        {
            await using var command = Callback(database, call);
            var watch = Stopwatch.StartNew();
            var answer = (string)(await command.ExecuteScalarAsync())!;
            // The first ones open a session and compile.
            if (call >= 5)
                samples.Add(watch.Elapsed.TotalMilliseconds);
            if (!answer.Contains("\"accepted\": 100", StringComparison.Ordinal))
                throw new InvalidOperationException(answer);
        }

        return new Outcome
        {
            Figures = { new Figure(null, samples.Median, Wants.AtMost, 50, "0.0") },
            Details = { new Detail("callback", "ms", samples, "0.0"), new Detail("p95", "ms", Tail(samples), "0.0") },
        };
    }

    private static Samples Tail(Samples samples)
    {
        var tail = new Samples();
        tail.Add(samples.Percentile(0.95));
        return tail;
    }

    private static NpgsqlCommand Callback(BenchDatabase database, int call)
    {
        var text = new StringBuilder("[");
        for (var item = 0; item < Items; item++)
        {
            text.Append(item == 0 ? "" : ",").Append(
                CultureInfo.InvariantCulture,
                $$"""{"eventId":{{(call * Items) + item}},"subscriptionId":25,"portalId":33,"appId":1160452,"occurredAt":1767225600000,"subscriptionType":"contact.creation","attemptNumber":0,"objectId":{{item}},"changeSource":"CRM_UI","changeFlag":"NEW"}""");
        }

        var body = Encoding.UTF8.GetBytes(text.Append(']').ToString());
        var time = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        byte[] message = [.. Encoding.UTF8.GetBytes("POST" + Address), .. body, .. Encoding.UTF8.GetBytes(time)];
        var signature = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), message));
        var command = database.Api.CreateCommand("select public.hera_integration_inbound_v1('POST', $1, $2, $3, 'hubspot-crm')");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Address });
        command.Parameters.Add(new NpgsqlParameter
        {
            NpgsqlDbType = NpgsqlDbType.Jsonb,
            Value = $$"""{"x-hubspot-signature-v3": "{{signature}}", "x-hubspot-request-timestamp": "{{time}}"}""",
        });
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = body });
        return command;
    }

    private static async Task CallAsync(BenchDatabase database, string sql)
    {
        await using var command = database.Api.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
