using Hera.PgCore.Benchmarks.Measuring;
using Hera.PgCore.Benchmarks.Stage;

namespace Hera.PgCore.Benchmarks.Goals;

/// <summary>Goal 4: what it costs to log every attempt.</summary>
internal static class AttemptLog
{
    public static readonly Goal Goal = new(
        4, "deliveries with the attempt log; against the same with hera_internal.log_attempts replaced by nothing. Share of the rate that the log costs", MeasureAsync);

    private const string Silence = """
        create or replace function hera_internal.log_attempts(
          p_batch hera_internal.outbox_batch, p_results hera_internal.outbox_results, p_now timestamptz)
        returns void language plpgsql volatile as $$ begin end $$
        """;

    private static async Task<Outcome> MeasureAsync(BenchStage stage)
    {
        var count = stage.Options.Scale(20_000);
        await using var logging = await stage.CreateDatabaseAsync();
        await using var silent = await stage.CreateDatabaseAsync();
        await silent.ExecuteAsync(Silence);
        var sides = new List<(BenchDatabase Database, Tenant Tenant, Samples Rates)>();
        foreach (var database in (BenchDatabase[])[logging, silent])
        {
            var tenant = await WarmUp.PrepareAsync(stage, database);
            sides.Add((database, tenant, new Samples()));
        }

        // The difference is small, so it takes more rounds than others to see it through the noise.
        for (var round = 0; round < 3 * stage.Options.Rounds; round++)
        {
            foreach (var (database, tenant, rates) in round % 2 == 0 ? sides : Enumerable.Reverse(sides))
            {
                await tenant.QueueAsync(count);
                rates.Add((await DeliveryRun.DeliverAsync(database, count)).Rate);
            }
        }

        var costs = new Samples();
        foreach (var ratio in sides[0].Rates.Over(sides[1].Rates).Values)
            costs.Add(1 - ratio);
        return new Outcome
        {
            Figures = { new Figure(null, costs.Median, Wants.AtMost, 0.10) },
            Details =
            {
                new Detail("with the log", "a second", sides[0].Rates),
                new Detail("limit: without", "a second", sides[1].Rates),
                new Detail("cost", "of the rate", costs, "0.00"),
            },
        };
    }
}
