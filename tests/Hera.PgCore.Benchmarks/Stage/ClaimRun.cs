using System.Diagnostics;
using Hera.PgCore.Rpc;

namespace Hera.PgCore.Benchmarks.Stage;

/// <summary>Claiming and reporting without sending: what the database side of a delivery can do.</summary>
internal static class ClaimRun
{
    private const int Workers = 3;
    private const int BatchSize = 500;
    private const int LeaseSeconds = 120;
    private static readonly TimeSpan CursorPause = TimeSpan.FromSeconds(1);

    /// <summary>Empties the queue of <paramref name="count"/> deliveries, each reported as answered with 200, and answers how many a second.</summary>
    public static async Task<double> RateAsync(OutboxRpc outbox, int count)
    {
        var finished = 0;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(async () =>
        {
            var cursor = 0L;
            var resetAt = Stopwatch.GetTimestamp();
            while (Volatile.Read(ref finished) < count)
            {
                var batch = await outbox.ClaimAsync($"bench {worker}", BatchSize, cursor, LeaseSeconds);
                cursor = batch.NextCursor;
                if (Stopwatch.GetElapsedTime(resetAt) > CursorPause)
                    (cursor, resetAt) = (0, Stopwatch.GetTimestamp());
                if (batch.Deliveries.Count == 0)
                    continue;
                var counts = await outbox.FinishAsync(batch.Deliveries.Select(Answered).ToList());
                Interlocked.Add(ref finished, counts.Delivered);
            }
        })));
        return finished / watch.Elapsed.TotalSeconds;
    }

    private static DeliveryResult Answered(ClaimedDelivery delivery) => new(delivery.LeaseId, delivery.DeliveryId, 200, 3, "ok", null, null);
}
