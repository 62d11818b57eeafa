using System.Text.Json;
using Hera.PgCore.Host.Http;
using Hera.PgCore.Host.Outbox;
using Hera.PgCore.Rpc;

namespace Hera.PgCore.Host.Endpoints;

/// <summary>The outbox worker from outside: its health for everyone, its figures and a manual run for platform admins.</summary>
internal static class OutboxWorkerEndpoints
{
    public static void Map(RouteGroupBuilder worker)
    {
        worker.MapGet("/health", HealthEndpoints.WorkerAsync).DisableRateLimiting();
        worker.MapGet("/stats", (HttpContext http, Gateway gateway, OutboxRpc outbox) =>
            gateway.OperatePlatformAsync(http, "OUTBOX_STATS", outbox.StatsAsync));
        worker.MapPost("/process", (HttpContext http, Gateway gateway, ManualRun run) =>
            gateway.OperatePlatformAsync(http, "OUTBOX_PROCESS", token => ProcessAsync(run, token)));
    }

    private static async Task<byte[]> ProcessAsync(ManualRun run, CancellationToken cancellation)
    {
        var (counts, finished) = await run.DrainAsync(cancellation);
        return JsonSerializer.SerializeToUtf8Bytes(new
        {
            success = true,
            finished,
            claimed = counts.Claimed,
            delivered = counts.Delivered,
            failed = counts.Failed,
            dlq = counts.Dlq,
        });
    }
}
