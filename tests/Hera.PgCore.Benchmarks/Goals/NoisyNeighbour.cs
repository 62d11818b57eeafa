using System.Diagnostics;
using Hera.PgCore.Benchmarks.Measuring;
using Hera.PgCore.Benchmarks.Stage;

namespace Hera.PgCore.Benchmarks.Goals;

/// <summary>Goal 10: one tenant's backlog and one hanging receiver are nobody else's matter.</summary>
internal static class NoisyNeighbour
{
    public static readonly Goal Goal = new(
        10, "p99 from request to POST for a tenant of 100 webhooks of which one hangs, while another tenant has 100,000 due; against the same without both", MeasureAsync);

    private const int Webhooks = 100;
    private const double EventsPerSecond = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static async Task<Outcome> MeasureAsync(BenchStage stage)
    {
        var (quiet, noisy) = (new Samples(), new Samples());
        for (var round = 0; round < stage.Options.Rounds; round++)
        {
            quiet.Add(await MeasureTailAsync(stage, backlog: 0));
            noisy.Add(await MeasureTailAsync(stage, stage.Options.Scale(100_000)));
        }

        var ratios = noisy.Over(quiet);
        return new Outcome
        {
            Figures = { new Figure(null, ratios.Median, Wants.AtMost, 1.50) },
            Details =
            {
                new Detail("p99 with both", "ms", noisy, "0.0"),
                new Detail("limit: p99 without", "ms", quiet, "0.0"),
                new Detail("ratio", "", ratios, "0.00"),
            },
        };
    }

    private static async Task<double> MeasureTailAsync(BenchStage stage, int backlog)
    {
        await using var database = await stage.CreateDatabaseAsync();
        var receivers = stage.Receiver.Urls;
        var webhooks = Enumerable.Repeat(new Uri(receivers[0], ReceiverAnswers.TimedPath), Webhooks).ToArray();
        webhooks[^1] = new Uri(receivers[^1], backlog > 0 ? ReceiverAnswers.HangingPath : "/");
        var tenant = await Tenant.CreateAsync(database, webhooks);
        if (backlog > 0)
            await (await Tenant.CreateAsync(database, [receivers[1]], "NOISY")).QueueAsync(backlog);

        await using var host = await BenchHost.StartAsync(database, tenant, worker: true);
        await host.WarmUpAsync();
        await stage.Receiver.TakeDelaysAsync();
        var awaited = 0;
        await Pace.RunAsync(
            number =>
            {
                if (number % Webhooks != Webhooks - 1)
                    Interlocked.Increment(ref awaited);
                return host.PostTimedEventAsync(number);
            },
            EventsPerSecond,
            TimeSpan.FromSeconds(stage.Options.Quick ? 2 : 8));

        // The last webhook is the hanging one; its delays count on neither side.
        var delays = new Samples();
        for (var watch = Stopwatch.StartNew(); delays.Values.Count < awaited && watch.Elapsed < Patience; await Task.Delay(100))
        {
            foreach (var delay in await stage.Receiver.TakeDelaysAsync())
                delays.Add(delay);
        }

        return delays.Percentile(0.99);
    }
}
