using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Hera.PgCore.LocalPostgres;

/// <summary>The few things of the operating system that .NET has no call for.</summary>
internal static class Posix
{
    public const int SigInt = 2;
    public const int SigQuit = 3;
    public const int SigKill = 9;

    /// <summary>The user that PostgreSQL runs as when we are root, which it refuses to run as; null when we are not.</summary>
    public static string? ServerUser { get; } =
        !Environment.IsPrivilegedProcess ? null : HasUser("postgres") ? "postgres" : "nobody";

    public static bool IsAlive(int processId) => Kill(processId, 0) == 0 || Marshal.GetLastPInvokeError() == 1 /* EPERM */;

    public static void Signal(int processId, int signal) => _ = Kill(processId, signal);

    /// <summary>Runs a program to its end and returns what it wrote; throws with its last lines if it fails.</summary>
    public static async Task<string> RunAsync(
        string program, IEnumerable<string> arguments, string? user, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = "/",
        };
        if (user is not null)
            start.UserName = user;
        using var process = Process.Start(start) ?? throw new PostgresServerException($"{program} did not start.");
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
        return process.ExitCode == 0
            ? await output
            : throw new PostgresServerException(
                $"{program} failed with exit code {process.ExitCode}: {LastLines(await errors + await output)}");
    }

    public static string LastLines(string text, int count = 8) =>
        string.Join('\n', text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).TakeLast(count));

    private static bool HasUser(string name) =>
        File.Exists("/etc/passwd") && File.ReadLines("/etc/passwd").Any(line => line.StartsWith(name + ":", StringComparison.Ordinal));

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int processId, int signal);
}
