using System.Diagnostics;
using Hera.PgCore.Benchmarks.Measuring;
using Hera.PgCore.Benchmarks.Stage;
using Npgsql;

namespace Hera.PgCore.Benchmarks.Goals;

/// <summary>Goal 12: monitoring answers at once, however much is stored.</summary>
internal static class Monitoring
{
    public static readonly Goal Goal = new(
        12, "monitoring RPCs over 1,000,000 events, deliveries and attempts of a week, for a platform admin over 100 organizations; milliseconds",
        MeasureAsync);

    private static readonly string[] Functions =
    [
        "hera_monitor_overview_v1",
        "hera_monitor_events_v1",
        "hera_monitor_deliveries_v1",
        "hera_monitor_webhooks_v1",
        "hera_monitor_failures_v1",
        "hera_monitor_backlog_v1",
        "hera_monitor_connectors_v1",
        "hera_monitor_database_v1",
    ];

    private static async Task<Outcome> MeasureAsync(BenchStage stage)
    {
        await using var database = await stage.CreateDatabaseAsync();
        var outcome = new Outcome();
        var seconds = await MonitoringLoad.FillAsync(database, stage.Options.Scale(1_000_000), 168);
        outcome.Figures.Add(new Figure("load, seconds", seconds, Wants.AtMost, 120, "0"));
        foreach (var function in Functions)
        {
            var samples = await TimeAsync(database, function);
            outcome.Figures.Add(new Figure(function, samples.Median, Wants.AtMost, 200, "0"));
            outcome.Details.Add(new Detail(function, "ms", samples));
        }

        return outcome;
    }

    private static async Task<Samples> TimeAsync(BenchDatabase database, string function)
    {
        var samples = new Samples();
        for (var call = 0; call < 12; call++)
        {
            await using var command = database.Api.CreateCommand($"select public.{function}($1, $2)");
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = Tenant.Admin });
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = Guid.Empty });
            var watch = Stopwatch.StartNew();
            await command.ExecuteScalarAsync();
            // The first opens a session and reads the catalogue.
            if (call > 0)
                samples.Add(watch.Elapsed.TotalMilliseconds);
        }

        return samples;
    }
}
