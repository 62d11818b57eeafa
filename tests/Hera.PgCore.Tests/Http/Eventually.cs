using System.Diagnostics;

namespace Hera.PgCore.Tests.Http;

/// <summary>Repeats a question until the answer is the wanted one, for as long as "at once" may last on a busy machine.</summary>
internal static class Eventually
{
    public static async Task<T> Async<T>(Func<Task<T>> ask, Func<T, bool> isWanted, double seconds = 2)
    {
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            var answer = await ask();
            if (isWanted(answer) || Stopwatch.GetElapsedTime(start).TotalSeconds > seconds)
                return answer;
            await Task.Delay(20);
        }
    }
}
