using System.Diagnostics;
using Cronos;
using Hera.PgCore.Host.Outbox;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hera.PgCore.Benchmarks.Stage;

/// <summary>How a queue was delivered.</summary>
/// <param name="Rate">Deliveries a second, from the first claim to the last durable report.</param>
/// <param name="FirstFifth">Deliveries a second of the first fifth.</param>
/// <param name="LastFifth">Deliveries a second of the last fifth.</param>
internal readonly record struct DeliveryRates(double Rate, double FirstFifth, double LastFifth);

/// <summary>The host's own delivery pipeline, run until a queue is empty.</summary>
internal static class DeliveryRun
{
    private static readonly TimeSpan SamplePause = TimeSpan.FromMilliseconds(20);

    /// <summary>Delivers everything that is queued, which must be <paramref name="count"/> deliveries.</summary>
    public static async Task<DeliveryRates> DeliverAsync(BenchDatabase database, int count)
    {
        var connector = GuardedConnector.WithSystemResolver();
        connector.Policy = AddressPolicy.Parse(await database.Outbox.SettingsAsync());
        using var sender = new Sender(connector, NullLogger.Instance);
        var schedule = CronExpression.Parse("*/5 * * * * *", CronFormat.IncludeSeconds);
        var pipeline = new OutboxPipeline(database.Outbox, sender, new PipelineOptions { Senders = RawPost.Senders }, schedule, NullLogger.Instance);

        var progress = new List<(double Seconds, long Delivered)> { (0, 0) };
        var watch = Stopwatch.StartNew();
        var run = pipeline.RunUntilEmptyAsync();
        while (!run.IsCompleted)
        {
            await Task.WhenAny(run, Task.Delay(SamplePause));
            progress.Add((watch.Elapsed.TotalSeconds, pipeline.Counts.Delivered));
        }

        var counts = await run;
        if (counts.Delivered != count)
        {
            var errors = await database.ScalarAsync<string>("select string_agg(distinct error, ', ') from hera.attempts where error is not null");
            throw new InvalidOperationException($"{counts.Delivered} of {count} deliveries were delivered: {counts}, errors: {errors}");
        }

        return new DeliveryRates(
            count / TimeOf(progress, count),
            count / 5.0 / TimeOf(progress, count / 5.0),
            count / 5.0 / (TimeOf(progress, count) - TimeOf(progress, count * 4 / 5.0)));
    }

    /// <summary>When that many were delivered, between two samples by proportion.</summary>
    private static double TimeOf(List<(double Seconds, long Delivered)> progress, double delivered)
    {
        var at = progress.FindIndex(sample => sample.Delivered >= delivered);
        var (before, after) = (progress[Math.Max(0, at - 1)], progress[at]);
        var part = after.Delivered == before.Delivered ? 1 : (delivered - before.Delivered) / (after.Delivered - before.Delivered);
        return before.Seconds + ((after.Seconds - before.Seconds) * part);
    }
}
