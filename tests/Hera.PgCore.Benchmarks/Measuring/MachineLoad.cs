namespace Hera.PgCore.Benchmarks.Measuring;

/// <summary>How busy the machine is, ourselves included.</summary>
internal static class MachineLoad
{
    /// <summary>The load average of the last minute; a question mark where the system tells none.</summary>
    public static string Now() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "?";
}
