using Hera.PgCore.Benchmarks.Measuring;
using Hera.PgCore.Benchmarks.Stage;

namespace Hera.PgCore.Benchmarks.Goals;

/// <summary>Goal 5: bytes of write-ahead log, which replicas and archives carry too.</summary>
internal static class WriteAheadLog
{
    public static readonly Goal Goal = new(
        5, "bytes of WAL a delivery for claim, finish and attempt log, without full-page images", MeasureAsync);

    private const int Touched = 2000;

    private const string Inserted = "select (pg_current_wal_insert_lsn() - '0/0')::bigint";

    private static async Task<Outcome> MeasureAsync(BenchStage stage)
    {
        var count = stage.Options.Scale(20_000);
        await using var database = await stage.CreateDatabaseAsync();
        var tenant = await WarmUp.PrepareAsync(stage, database);
        var (without, with) = (new Samples(), new Samples());
        for (var round = 0; round < stage.Options.Rounds; round++)
        {
            // A page is written whole when it is first touched after a checkpoint. Here all pages have been touched since: filled, claimed from, logged to.
            await database.ExecuteAsync("checkpoint");
            await tenant.QueueAsync(Touched);
            await ClaimRun.RateAsync(database.Outbox, Touched);
            await tenant.QueueAsync(count);
            without.Add(await CountAsync(database, count));

            await tenant.QueueAsync(count);
            await database.ExecuteAsync("checkpoint");
            with.Add(await CountAsync(database, count));
        }

        return new Outcome
        {
            Figures = { new Figure(null, without.Median, Wants.AtMost, 450, "0") },
            Details =
            {
                new Detail("WAL", "bytes a delivery", without),
                new Detail("with the full-page images that follow a checkpoint", "bytes a delivery", with),
            },
        };
    }

    private static async Task<double> CountAsync(BenchDatabase database, int count)
    {
        var before = await database.ScalarAsync<long>(Inserted);
        await ClaimRun.RateAsync(database.Outbox, count);
        return (await database.ScalarAsync<long>(Inserted) - before) / (double)count;
    }
}
