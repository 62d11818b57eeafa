using System.Diagnostics;
using Npgsql;

namespace Hera.PgCore.Benchmarks.Stage;

/// <summary>Clients that repeat one prepared statement, each on its own connection and each time in its own transaction.</summary>
internal static class ClientRun
{
    /// <summary>Runs <paramref name="clients"/> for <paramref name="time"/> after a warm-up of a fifth of it, and answers statements a second.</summary>
    /// <param name="source">Where the connections come from.</param>
    /// <param name="sql">The statement.</param>
    /// <param name="declare">Adds its parameters once.</param>
    /// <param name="fill">Sets their values before each execution; the number is another each time.</param>
    /// <param name="clients">How many at once.</param>
    /// <param name="time">How long to count.</param>
    public static async Task<double> RateAsync(
        NpgsqlDataSource source, string sql, Action<NpgsqlParameterCollection> declare, Action<NpgsqlParameterCollection, long> fill, int clients, TimeSpan time)
    {
        using var warm = new CancellationTokenSource(time / 5);
        await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(() => RepeatAsync(source, sql, declare, fill, warm.Token))));
        var watch = Stopwatch.StartNew();
        using var stop = new CancellationTokenSource(time);
        var done = await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(() => RepeatAsync(source, sql, declare, fill, stop.Token))));
        return done.Sum() / watch.Elapsed.TotalSeconds;
    }

    private static async Task<long> RepeatAsync(
        NpgsqlDataSource source, string sql, Action<NpgsqlParameterCollection> declare, Action<NpgsqlParameterCollection, long> fill, CancellationToken stop)
    {
        await using var connection = await source.OpenConnectionAsync(CancellationToken.None);
        await using var command = new NpgsqlCommand(sql, connection);
        declare(command.Parameters);
        await command.PrepareAsync(CancellationToken.None);
        var number = Random.Shared.NextInt64(1L << 40);
        var done = 0L;
        for (; !stop.IsCancellationRequested; done++)
        {
            fill(command.Parameters, ++number);
            await command.ExecuteNonQueryAsync(CancellationToken.None);
        }

        return done;
    }
}
