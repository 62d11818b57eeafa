using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Hera.PgCore.Benchmarks.Stage;

/// <summary>Fills a database with a past of events, deliveries and attempts (load-monitoring.sql) and rolls it up as maintenance does.</summary>
internal static class MonitoringLoad
{
    /// <summary>Loads.</summary>
    /// <returns>Seconds that loading took, without maintenance.</returns>
    public static async Task<double> FillAsync(BenchDatabase database, int events, int hours, int organizations = 100)
    {
        var watch = Stopwatch.StartNew();
        await using (var connection = await database.Admin.OpenConnectionAsync())
        {
            await ExecuteAsync(connection, string.Create(CultureInfo.InvariantCulture, $"""
                set load.events = {events}; set load.hours = {hours}; set load.organizations = {organizations};
                select set_config('hera.encryption_key', '{BenchDatabase.EncryptionKey}', false);
                """));
            await ExecuteAsync(connection, await ReadScriptAsync());
            // Autovacuum would have done it over the week.
            await ExecuteAsync(connection, "vacuum (analyze)");
        }

        var seconds = watch.Elapsed.TotalSeconds;
        // A call goes on for a day; the last two count the same hours, as the ones of a running system do.
        for (var call = 0; call < (hours / 24) + 3; call++)
            await database.ExecuteAsync("select public.hera_outbox_maintain_v1()");
        await database.ExecuteAsync("vacuum (analyze)");
        return seconds;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<string> ReadScriptAsync()
    {
        using var reader = new StreamReader(typeof(MonitoringLoad).Assembly.GetManifestResourceStream("load-monitoring.sql")!);
        return await reader.ReadToEndAsync();
    }
}
