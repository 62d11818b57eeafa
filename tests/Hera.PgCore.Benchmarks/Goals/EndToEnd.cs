using Hera.PgCore.Benchmarks.Measuring;
using Hera.PgCore.Benchmarks.Stage;

namespace Hera.PgCore.Benchmarks.Goals;

/// <summary>Goals 1 and 3: what the way through the database costs, with and without the HTTP requests.</summary>
internal static class EndToEnd
{
    public static readonly Goal Delivery = new(
        1, "queued deliveries: claim, signed POST from 64 senders, durably finished; against raw HttpClient POST to the same receiver", MeasureDeliveryAsync);

    public static readonly Goal ClaimAndFinish = new(
        3, "claim and finish in batches of 500 by three workers, nothing sent; against raw HttpClient POST", MeasureClaimAsync);

    private static async Task<Outcome> MeasureDeliveryAsync(BenchStage stage)
    {
        var count = stage.Options.Scale(20_000);
        await using var database = await stage.CreateDatabaseAsync();
        var tenant = await WarmUp.PrepareAsync(stage, database);
        return await CompareAsync(stage, count, 0.40, "delivery", tenant, async () =>
        {
            var before = await stage.Receiver.CountAsync();
            var rates = await DeliveryRun.DeliverAsync(database, count);
            var received = await stage.Receiver.CountAsync() - before;
            return received == count ? rates.Rate : throw new InvalidOperationException($"{received} requests arrived for {count} deliveries.");
        });
    }

    private static async Task<Outcome> MeasureClaimAsync(BenchStage stage)
    {
        // Of 20,000 the last batches, when one worker is left and the others find nothing, take a twentieth of the time.
        var count = stage.Options.Scale(100_000);
        await using var database = await stage.CreateDatabaseAsync();
        var tenant = await WarmUp.PrepareAsync(stage, database);
        return await CompareAsync(stage, count, 1.20, "claim and finish", tenant, () => ClaimRun.RateAsync(database.Outbox, count));
    }

    /// <summary>A round is the limit, the measurement, the limit again.</summary>
    private static async Task<Outcome> CompareAsync(
        BenchStage stage, int count, double bound, string name, Tenant tenant, Func<Task<double>> rateAsync)
    {
        var (rates, limits) = (new Samples(), new Samples());
        var outcome = new Outcome();
        for (var round = 0; round < stage.Options.Rounds; round++)
        {
            await tenant.QueueAsync(count);
            var start = stage.ReadCost();
            var before = await RawPost.RateAsync(stage.Receiver, count);
            var raw = stage.ReadCost();
            rates.Add(await rateAsync());
            var end = stage.ReadCost();
            limits.Add((before + await RawPost.RateAsync(stage.Receiver, count)) / 2);
            outcome.Notes.Add($"round {round + 1}: {name} {end.PerOperation(raw, count)}; raw POST {raw.PerOperation(start, count)}");
        }

        var ratios = rates.Over(limits);
        outcome.Figures.Add(new Figure(null, ratios.Median, Wants.AtLeast, bound));
        outcome.Details.AddRange(
            [new Detail(name, "a second", rates), new Detail("limit: raw POST", "a second", limits), new Detail("ratio", "", ratios, "0.00")]);
        return outcome;
    }
}
