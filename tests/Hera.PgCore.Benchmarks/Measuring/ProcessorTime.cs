using System.Globalization;

namespace Hera.PgCore.Benchmarks.Measuring;

/// <summary>
/// Processor time of processes and all their children, from /proc. It says what a thing costs even where other programs
/// take their share of the machine.
/// </summary>
internal static class ProcessorTime
{
    private const double TicksPerSecond = 100;

    public static bool IsKnown { get; } = File.Exists("/proc/self/stat");

    /// <summary>Seconds that the process and its children have used so far; zero where that cannot be told.</summary>
    public static double OfTree(int processId)
    {
        if (!IsKnown)
            return 0;
        var processes = Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0)
            .Select(Read)
            .ToLookup(process => process.Parent);
        return Sum(Read(processId));

        double Sum(Entry process) => process.Seconds + processes[process.Id].Sum(Sum);
    }

    /// <summary>Seconds of this process alone, without the server and the receiver that it started.</summary>
    public static double OfSelf() => Read(Environment.ProcessId).Seconds;

    private static Entry Read(int id)
    {
        try
        {
            // The name, in brackets, may hold spaces.
            var text = File.ReadAllText($"/proc/{id}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return new Entry(id, (int)Number(fields[1]), (Number(fields[11]) + Number(fields[12])) / TicksPerSecond);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new Entry(id, 0, 0);
        }
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private readonly record struct Entry(int Id, int Parent, double Seconds);
}
