using System.IO.Compression;
using System.Text;
using Hera.PgCore.Rpc;
using Hera.PgCore.Tests.Http;
using Hera.PgCore.Tests.Infrastructure;
using Hera.PgCore.Tests.Outbox;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Observability;

/// <summary>What an error tracker is told: the failing code and its route, and nothing of the caller or the data.</summary>
[NonParallelizable] // Errors are reported from the whole process.
public sealed class ErrorReportTests
{
    [Test]
    public async Task An_error_is_reported_without_contents()
    {
        await using var database = await TestDatabase.CreateAsync();
        var tenant = await Tenant.CreateAsync(database);
        await database.ExecuteAsync("""
            create or replace function public.hera_webhook_logs_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb default '{}')
            returns jsonb language plpgsql as $$ begin raise exception 'it broke' using errcode = 'XX000', detail = 'detail-canary'; end $$;
            """);
        await using var tracker = RawReceiver.StartWith("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
        await using (var host = await TestHost.StartAsync(database, new() { ["SENTRY_DSN"] = $"http://dsn-key@127.0.0.1:{tracker.Port}/1" }))
        {
            var answer = await host.PostAsync(
                "/api/v2/integrations/webhooks/logs?secret=query-canary", tenant.Token, """{"filter": {"secret": "body-canary"}}""", tenant.Header, ("Cookie", "c=cookie-canary"));
            Assert.That(answer.Status, Is.EqualTo(500), answer.Text);
            await LogAsync(host);
        }

        var reports = string.Concat(tracker.Requests.Select(Text));
        string[] secrets = ["detail-canary", "query-canary", "body-canary", "cookie-canary", tenant.Token, tenant.Subject, TestHost.EncryptionKey];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(reports, Does.Contain("/integrations/webhooks/logs"));
            Assert.That(reports, Does.Contain("XX000"));
            Assert.That(reports, Does.Contain("PostgresException"), "the exception that was logged with its causes");
            foreach (var secret in secrets)
                Assert.That(reports, Does.Not.Contain(secret));
        }
    }

    /// <summary>Logs a database error the way a background service does, exception and all.</summary>
    private static async Task LogAsync(TestHost host)
    {
        var log = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("a background service");
        try
        {
            await host.Services.GetRequiredService<HeraDatabase>().CallAsync(
                "hera_webhook_logs_v1", [RpcArgument.Uuid("p_actor_user_id", null), RpcArgument.Uuid("p_organization_id", null)]);
        }
        catch (RpcException exception)
        {
            log.LogWarning(exception, "Before it");
            log.LogError(exception, "In the background");
        }
    }

    private static string Text(RawRequest request)
    {
        if (request.Header("Content-Encoding") != "gzip")
            return Encoding.UTF8.GetString(request.Body);
        using var text = new StreamReader(new GZipStream(new MemoryStream(request.Body), CompressionMode.Decompress), Encoding.UTF8);
        return text.ReadToEnd();
    }
}
