using System.Diagnostics;

namespace Hera.PgCore.Benchmarks.Stage;

/// <summary>An even load that does not wait for answers, so that a slow moment shows in the delays and not as less load.</summary>
internal static class Pace
{
    /// <summary>Starts <paramref name="rate"/> calls a second for <paramref name="time"/> and returns when all have ended.</summary>
    public static async Task RunAsync(Func<long, Task> callAsync, double rate, TimeSpan time)
    {
        var calls = new List<Task>();
        var number = Random.Shared.NextInt64(1L << 40);
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < time)
        {
            while (calls.Count < watch.Elapsed.TotalSeconds * rate)
            {
                number++;
                var current = number;
                calls.Add(Task.Run(() => callAsync(current)));
            }

            await Task.Delay(1);
        }

        await Task.WhenAll(calls);
    }
}
