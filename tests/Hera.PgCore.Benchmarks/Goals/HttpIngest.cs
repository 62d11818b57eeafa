using System.Diagnostics;
using System.Globalization;
using Hera.PgCore.Benchmarks.Measuring;
using Hera.PgCore.Benchmarks.Stage;

namespace Hera.PgCore.Benchmarks.Goals;

/// <summary>Goals 8 and 9: events over HTTP, how many and how soon they arrive.</summary>
internal static class HttpIngest
{
    public static readonly Goal Rate = new(
        8, "one event a request from 64 HTTP clients; against the same host inserting one plain row a request", MeasureRateAsync);

    public static readonly Goal Delay = new(
        9, "from the start of the request to the POST at the receiver, at half of the load that the host can take; milliseconds", MeasureDelayAsync);

    private const int Clients = 64;

    private static async Task<Outcome> MeasureRateAsync(BenchStage stage)
    {
        var time = TimeSpan.FromSeconds(stage.Options.Quick ? 1 : 4);
        await using var database = await stage.CreateDatabaseAsync();
        await database.ExecuteAsync(Ingest.PlainTable);
        var tenant = await Tenant.CreateAsync(database, [stage.Receiver.Urls[0]]);
        await using var host = await BenchHost.StartAsync(database, tenant, worker: false);
        await host.WarmUpAsync();
        await BenchHost.RateAsync(host.PostPlainAsync, Clients, time);
        var (limits, rates) = (new Samples(), new Samples());
        for (var round = 0; round < stage.Options.Rounds; round++)
        {
            limits.Add(await BenchHost.RateAsync(host.PostPlainAsync, Clients, time));
            rates.Add(await BenchHost.RateAsync(host.PostEventAsync, Clients, time));
        }

        var ratios = rates.Over(limits);
        return new Outcome
        {
            Figures = { new Figure(null, ratios.Median, Wants.AtLeast, 0.50) },
            Details =
            {
                new Detail("events over HTTP", "a second", rates),
                new Detail("limit: plain rows over HTTP", "a second", limits),
                new Detail("ratio", "", ratios, "0.00"),
            },
        };
    }

    private static async Task<Outcome> MeasureDelayAsync(BenchStage stage)
    {
        var time = TimeSpan.FromSeconds(stage.Options.Quick ? 2 : 8);
        await using var database = await stage.CreateDatabaseAsync();
        await database.ExecuteAsync(Ingest.PlainTable);
        var tenant = await Tenant.CreateAsync(database, [new Uri(stage.Receiver.Urls[0], ReceiverAnswers.TimedPath)]);
        await using var host = await BenchHost.StartAsync(database, tenant, worker: true);
        await host.WarmUpAsync();
        var full = new Samples();
        full.Add(await BenchHost.RateAsync(host.PostEventAsync, Clients, time));
        await DrainAsync(database);

        var (medians, tails, commits, loopbacks) = (new Samples(), new Samples(), new Samples(), new Samples());
        for (var round = 0; round < stage.Options.Rounds; round++)
        {
            commits.Add(1000 / await BenchHost.RateAsync(_ => database.ExecuteAsync("insert into public.bench_plain values (gen_random_uuid(), '{}')"), 1, time / 4));
            loopbacks.Add(1000 / await LoopbackRateAsync(stage.Receiver, time / 4));
            await stage.Receiver.TakeDelaysAsync();
            await Pace.RunAsync(host.PostTimedEventAsync, full.Median / 2, time);
            await DrainAsync(database);
            var delays = new Samples();
            foreach (var delay in await stage.Receiver.TakeDelaysAsync())
                delays.Add(delay);
            medians.Add(delays.Median);
            tails.Add(delays.Percentile(0.99));
        }

        return new Outcome
        {
            Figures = { new Figure("p50", medians.Median, Wants.AtMost, 20, "0.0"), new Figure("p99", tails.Median, Wants.AtMost, 100, "0.0") },
            Details =
            {
                new Detail("p50", "ms", medians, "0.0"),
                new Detail("p99", "ms", tails, "0.0"),
                new Detail("full load, of which half was offered", "events a second", full),
                new Detail("the machine's commit of one row", "ms", commits, "0.00"),
                new Detail("the machine's POST over loopback", "ms", loopbacks, "0.00"),
            },
        };
    }

    private static async Task<double> LoopbackRateAsync(Receiver receiver, TimeSpan time)
    {
        using var client = new HttpClient();
        return await BenchHost.RateAsync(
            async _ =>
            {
                using var content = new StringContent("{}");
                using var response = await client.PostAsync(receiver.Urls[0], content);
            },
            1,
            time);
    }

    /// <summary>Waits until nothing is queued or leased.</summary>
    private static async Task DrainAsync(BenchDatabase database)
    {
        var watch = Stopwatch.StartNew();
        while (await database.ScalarAsync<long>("select (select count(*) from hera.outbox_ready) + (select count(*) from hera.outbox_leases)") is var left and > 0)
        {
            if (watch.Elapsed > TimeSpan.FromMinutes(2))
                throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{left} deliveries are still waiting."));
            await Task.Delay(50);
        }
    }
}
