using System.Diagnostics;
using Hera.PgCore.LocalPostgres;
using Hera.PgCore.Migrations;
using Hera.PgCore.Tests.Infrastructure;
using Hera.PgCore.Tests.Sql;
using Npgsql;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Security;

/// <summary>Secrets that go through the sessions of API and worker are in no answer, log, statistics view or dump, even where the server logs every statement.</summary>
public sealed class SecretTests
{
    private const string Secret = "canary-secret-9f8e7d6c5b4a";
    private const string Header = "canary-header-1a2b3c4d5e6f";

    [Test]
    public async Task Secrets_are_found_nowhere()
    {
        await using var server = await TestServer.StartPrivateAsync(PostgresServerOptions.Test with
        {
            Settings = new Dictionary<string, string> { ["log_statement"] = "all", ["log_min_duration_statement"] = "0", ["log_min_error_statement"] = "debug5", ["log_error_verbosity"] = "verbose" },
        });
        new Deployment(server.ConnectionString()).Up();
        // An administrator's part: no migration may set it.
        foreach (var role in (string[])["hera_api", "hera_worker"])
            await ScalarAsync(server.ConnectionString(), $"alter role {role} set log_parameter_max_length = 0; alter role {role} set log_parameter_max_length_on_error = 0");

        List<string> answers = [];
        const string actor = "'00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000000'";
        await using (var api = await OpenAsync(server, "hera_api"))
        {
            var config = $$"""{"url": "https://example.com/hook", "secret": "{{Secret}}", "headers": {"Authorization": "{{Header}}" } }""";
            // CREATE alone may show the secret: its answer is not kept.
            await CallAsync(api, $"select (hera_webhook_config_v1({actor}, 'CREATE', $1) - 'x')::text", config);
            // Well-formed ones: the server's log quotes JSON that is none, so the host lets none through.
            foreach (var bad in (string[])[
                config.Replace("https", "gopher", StringComparison.Ordinal),
                config.Replace("} }", "}, \"unknown\": 1}", StringComparison.Ordinal),
                config.Replace(Header, Header + "\\n", StringComparison.Ordinal),
            ])
            {
                var error = await Assert.ThrowsAsync<PostgresException>(() => CallAsync(api, $"select hera_webhook_config_v1({actor}, 'CREATE', $1)::text", bad));
                Assert.That(error!.SqlState, Is.EqualTo("PT400"));
                answers.Add($"{error.MessageText} {error.Detail} {error.Hint} {error.Where}");
            }
            foreach (var operation in (string[])["LIST", "GET", "UPDATE", "DELETE", "ENABLE", "TEST"])
            {
                answers.Add(await CallAsync(api, $"""
                    select hera_webhook_config_v1({actor}, '{operation}', $1, null, (select (hera_webhook_config_v1({actor}) #>> '{"{webhooks,0,id}"}')::uuid))::text
                    """, """{"description": "x"}"""));
            }
            // A connector whose address is the secret, and a call of it.
            answers.Add(await CallAsync(api, $"select hera_integration_connector_v1({actor}, 'INSTALL', null, 'zapier-webhook', '{"{}"}', $1)::text",
                $$"""{"webhook_url": "https://hooks.zapier.com/hooks/catch/1/{{Secret}}/", "auth_header": "Bearer {{Header}}"}"""));
            answers.Add(await CallAsync(api, $"select hera_connector_action_v1({actor}, 'zapier-webhook', 'trigger_zap', $1)::text", """{"event": "e"}"""));
            answers.Add(await CallAsync(api, $"select (hera_webhook_logs_v1({actor}) || hera_webhook_deliveries_v1({actor}) || hera_integration_event_list_v1({actor}))::text where $1 is not null", "{}"));
        }
        await using (var worker = await OpenAsync(server, "hera_worker"))
        {
            answers.Add(await CallAsync(worker, "select hera_outbox_get_stats_v1()::text || hera_outbox_get_pending_v1()::text where $1 is not null", "{}"));
            // The provider repeats what it was sent.
            answers.Add(await CallAsync(worker, """
                select string_agg(c::text || f::text, ' ')
                from hera_outbox_claim_v1('w') c
                cross join lateral hera_outbox_finish_v1(array[c.lease_id], array[c.delivery_id], '{400}', '{1}',
                  array[case when c.url like 'https://hooks.zapier.com/%' then $1 ->> 'body' end], '{null}', '{null}', '{null}') f
                """, $$"""{"body": "{\"error\": {\"message\": \"no POST https://hooks.zapier.com/hooks/catch/1/{{Secret}}/ Bearer {{Header}}\"} }"}"""));
            answers.Add(await ScalarAsync(server.ConnectionString(), "select string_agg(t::text, ' ') from (select a::text from hera.attempts a union all select d::text from hera.dead_letters d union all select e::text from hera.events e) t"));
            Assert.That(answers[^1], Does.Contain("no POST").And.Contain("action.trigger_zap.failed"));
            answers.Add(await ScalarAsync(server.ConnectionString(), "select string_agg(a::text, ' ') from pg_stat_activity a where a.pid <> pg_backend_pid()"));
        }
        answers.Add(await ScalarAsync(server.ConnectionString(), "select string_agg(t::text, ' ') from (select l::text from hera.audit_log l union all select e::text from core_entities e union all select d::text from core_dynamic_data d) t"));
        answers.Add(await DumpAsync(server));
        answers.Add(await server.ReadLogAsync());
        foreach (var secret in (string[])[Secret, Header, SqlTestFiles.EncryptionKey, Convert.ToHexStringLower(System.Text.Encoding.UTF8.GetBytes(Secret))])
            Assert.That(answers.Where(a => a.Contains(secret, StringComparison.OrdinalIgnoreCase)).Select(a => Around(a, secret)), Is.Empty);
        // The control: the log does hold the statements, and the dump the webhook.
        Assert.That(answers[^1], Does.Contain("hera_webhook_config_v1").And.Contain("hera_outbox_claim_v1"));
        Assert.That(answers[^2], Does.Contain("https://example.com/hook"));
    }

    private static string Around(string text, string secret)
    {
        var at = text.IndexOf(secret, StringComparison.OrdinalIgnoreCase);
        return text[Math.Max(0, at - 300)..Math.Min(text.Length, at + 100)];
    }

    private static async Task<NpgsqlConnection> OpenAsync(PostgresServer server, string role)
    {
        var settings = new NpgsqlConnectionStringBuilder(server.ConnectionString()) { Username = role, Options = SqlTestFiles.WithKey, Pooling = false, IncludeErrorDetail = true };
        var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    private static async Task<string> CallAsync(NpgsqlConnection connection, string sql, string json)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.Add(new NpgsqlParameter { Value = json, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Jsonb });
        return await command.ExecuteScalarAsync() as string ?? "";
    }

    private static async Task<string> ScalarAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync() as string ?? "";
    }

    private static async Task<string> DumpAsync(PostgresServer server)
    {
        var start = new ProcessStartInfo(await SchemaDump.FindProgramAsync(server.Binaries.Major)) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["-h", server.SocketFolder, "-U", "postgres", "postgres"])
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.That(process.ExitCode, Is.Zero, await errors);
        return output;
    }
}
