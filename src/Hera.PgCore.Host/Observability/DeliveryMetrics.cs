using System.Diagnostics.Metrics;
using Hera.PgCore.Rpc;

namespace Hera.PgCore.Host.Observability;

/// <summary>What this process's senders experience and what became of it.</summary>
internal static class DeliveryMetrics
{
    private static readonly Meter Meter = new(Monitoring.Name);

    private static readonly Histogram<double> Attempts = Meter.CreateHistogram(
        "hera.delivery.attempt.duration",
        "s",
        "Time of one delivery attempt, by its outcome: class of the status code, or the fault.",
        tags: null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] });

    private static readonly Counter<long> Results = Meter.CreateCounter<long>(
        "hera.delivery.results", "{attempt}", "Reported attempts: delivered, failed (to be repeated), dlq (given up), lost (reported too late).");

    // A receiver may answer any number; only five classes become labels.
    private static readonly string[] Classes = ["other", "1xx", "2xx", "3xx", "4xx", "5xx"];

    /// <summary>Takes note of an attempt and hands it on.</summary>
    public static DeliveryResult Observe(DeliveryResult result)
    {
        Attempts.Record(result.DurationMs / 1000.0, new KeyValuePair<string, object?>("outcome", OutcomeOf(result)));
        return result;
    }

    /// <summary>Takes note of what a report turned into.</summary>
    public static void Count(FinishCounts counts)
    {
        Add("delivered", counts.Delivered);
        Add("failed", counts.Failed);
        Add("dlq", counts.Dlq);
        Add("lost", counts.Lost);
    }

    private static string OutcomeOf(DeliveryResult result) =>
        result.StatusCode is not { } status ? result.Error ?? Classes[0] : Classes[status is >= 100 and < 600 ? status / 100 : 0];

    private static void Add(string result, int count)
    {
        if (count > 0)
            Results.Add(count, new KeyValuePair<string, object?>("result", result));
    }
}
