using System.Diagnostics;
using Hera.PgCore.Benchmarks.Measuring;
using Hera.PgCore.Benchmarks.Stage;

namespace Hera.PgCore.Benchmarks.Goals;

/// <summary>Goal 11: a day of attempts goes by dropping its partition.</summary>
internal static class Retention
{
    public static readonly Goal Goal = new(
        11, "dropping yesterday's partition of 1,000,000 attempts; against deleting its rows and vacuuming. Share of the time", MeasureAsync);

    private const string Day = "(now() at time zone 'UTC')::date - 1";

    private static async Task<Outcome> MeasureAsync(BenchStage stage)
    {
        var count = stage.Options.Scale(1_000_000);
        await using var database = await stage.CreateDatabaseAsync();
        var partition = await database.ScalarAsync<string>($"select 'hera.attempts_' || to_char({Day}, 'YYYYMMDD')");
        var fill = $"""
            insert into hera.attempts (started_at, organization_id, delivery_id, duration_ms, status_code, attempt)
            select ({Day})::timestamp at time zone 'UTC' + n % 86400 * interval '1 second', '{Guid.Empty}', gen_random_uuid(), 3, 200, 1
            from generate_series(1, {count}) n
            """;
        var (drops, deletes) = (new Samples(), new Samples());
        for (var round = 0; round < stage.Options.Rounds; round++)
        {
            await database.ExecuteAsync(fill);
            await database.ExecuteAsync("checkpoint");
            deletes.Add(await SecondsAsync(database, $"delete from {partition}", $"vacuum {partition}"));

            await database.ExecuteAsync(fill);
            await database.ExecuteAsync("checkpoint");
            drops.Add(await SecondsAsync(database, $"drop table {partition}"));
            await database.ExecuteAsync($"select hera_internal.ensure_partitions({Day} + 1)");
        }

        var ratios = drops.Over(deletes);
        return new Outcome
        {
            Figures = { new Figure(null, ratios.Median, Wants.AtMost, 0.20, "0.000") },
            Details =
            {
                new Detail("drop the partition", "seconds", drops, "0.000"),
                new Detail("limit: delete and vacuum", "seconds", deletes, "0.000"),
                new Detail("ratio", "", ratios, "0.000"),
            },
        };
    }

    private static async Task<double> SecondsAsync(BenchDatabase database, params string[] statements)
    {
        var watch = Stopwatch.StartNew();
        foreach (var statement in statements)
            await database.ExecuteAsync(statement);
        return watch.Elapsed.TotalSeconds;
    }
}
