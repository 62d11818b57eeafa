using System.Data;
using Hera.PgCore.Benchmarks.Measuring;
using Hera.PgCore.Benchmarks.Stage;

namespace Hera.PgCore.Benchmarks.Goals;

/// <summary>Goal 2: a session that holds an old snapshot keeps dead rows from being removed; delivery must not slow down over them.</summary>
internal static class HeldSnapshot
{
    public static readonly Goal Goal = new(
        2, "100,000 deliveries while another session holds a snapshot from before they were queued; against the same without it", MeasureAsync);

    private static async Task<Outcome> MeasureAsync(BenchStage stage)
    {
        var count = stage.Options.Scale(100_000);
        var (free, held, fifths) = (new Samples(), new Samples(), new Samples());
        var (firsts, lasts) = (new Samples(), new Samples());
        for (var round = 0; round < stage.Options.Rounds; round++)
        {
            // Every second round the other way round, so that neither side has the busier moments.
            foreach (var hold in round % 2 == 0 ? [false, true] : (bool[])[true, false])
            {
                var rates = await DeliverAsync(stage, count, hold);
                (hold ? held : free).Add(rates.Rate);
                if (!hold)
                    continue;
                firsts.Add(rates.FirstFifth);
                lasts.Add(rates.LastFifth);
                fifths.Add(rates.LastFifth / rates.FirstFifth);
            }
        }

        var ratios = held.Over(free);
        return new Outcome
        {
            Figures = { new Figure(null, ratios.Median, Wants.AtLeast, 0.90), new Figure("last fifth against first", fifths.Median, Wants.AtLeast, 0.90) },
            Details =
            {
                new Detail("with a held snapshot", "a second", held),
                new Detail("limit: without", "a second", free),
                new Detail("first fifth, held", "a second", firsts),
                new Detail("last fifth, held", "a second", lasts),
                new Detail("ratio", "", ratios, "0.00"),
                new Detail("ratio of fifths", "", fifths, "0.00"),
            },
        };
    }

    /// <summary>A database of its own each time, so that none inherits the dead rows of another.</summary>
    private static async Task<DeliveryRates> DeliverAsync(BenchStage stage, int count, bool hold)
    {
        await using var database = await stage.CreateDatabaseAsync();
        var tenant = await WarmUp.PrepareAsync(stage, database);
        await using var connection = await database.Admin.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead);
        if (hold)
        {
            await using var command = new Npgsql.NpgsqlCommand("select 1", connection, transaction);
            await command.ExecuteScalarAsync();
        }

        await tenant.QueueAsync(count);
        return await DeliveryRun.DeliverAsync(database, count);
    }
}
