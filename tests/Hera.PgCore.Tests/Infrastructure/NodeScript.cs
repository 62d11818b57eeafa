using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Infrastructure;

/// <summary>The scripts in the folder <c>Npm</c>, run by node with the packages that its lock file names, unchanged.</summary>
internal static class NodeScript
{
    private static readonly string Source = Repository.File("tests/Hera.PgCore.Tests/Npm");
    private static readonly string Folder = Repository.File("tests/Hera.PgCore.Tests/obj/npm");
    private static readonly Lazy<Task> Installed = new(InstallAsync);

    /// <summary>Gives a script its input and returns the JSON that it prints.</summary>
    public static async Task<JsonNode> RunAsync(string script, object input)
    {
        await Installed.Value;
        return JsonNode.Parse(await ExecuteAsync("node", script, JsonSerializer.Serialize(input)))!;
    }

    private static async Task InstallAsync()
    {
        Directory.CreateDirectory(Folder);
        foreach (var file in Directory.GetFiles(Source))
            File.Copy(file, Path.Combine(Folder, Path.GetFileName(file)), overwrite: true);

        // Written last, so that an installation that was interrupted is done again.
        var stamp = Path.Combine(Folder, "node_modules", ".installed");
        var wanted = await File.ReadAllTextAsync(Path.Combine(Source, "package-lock.json"));
        if (File.Exists(stamp) && await File.ReadAllTextAsync(stamp) == wanted)
            return;
        await ExecuteAsync("npm", "ci", "--ignore-scripts");
        await File.WriteAllTextAsync(stamp, wanted);
    }

    private static async Task<string> ExecuteAsync(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = Folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return process.ExitCode == 0
                ? output
                : throw new InvalidOperationException($"{program} {arguments[0]} ended with {process.ExitCode}: {await errors}");
        }
        catch (Win32Exception)
        {
            throw new IgnoreException($"{program} is missing: apt-get install nodejs npm");
        }
    }
}
