using System.Diagnostics;
using System.Text.Json;
using Hera.PgCore.Tests.Infrastructure;

namespace Hera.PgCore.Tests.Deploying;

/// <summary>The Dockerfile of the top level, whose build steps can be run in a folder instead of a container.</summary>
internal sealed class Dockerfile
{
    private readonly List<(string Name, string Arguments)> _instructions = File.ReadAllLines(Repository.File("Dockerfile"))
        .Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split(' ', 2)).Select(parts => (parts[0], parts[1])).ToList();

    /// <summary>The image that the final stage begins with.</summary>
    public string FinalImage => Last("FROM");

    public string User => Last("USER");

    public string[] EntryPoint => JsonSerializer.Deserialize<string[]>(Last("ENTRYPOINT"))!;

    public string[] HealthCheck => JsonSerializer.Deserialize<string[]>(Last("HEALTHCHECK")[(Last("HEALTHCHECK").IndexOf("CMD ", StringComparison.Ordinal) + 4)..])!;

    /// <summary>Runs the steps of the first stage with <paramref name="source"/> and <paramref name="app"/> in place of /source and /app.</summary>
    public async Task BuildAsync(string source, string app)
    {
        foreach (var (name, arguments) in _instructions.Skip(1).TakeWhile(instruction => instruction.Name != "FROM"))
        {
            if (name == "COPY")
                Copy(arguments.Split(' '), source);
            else if (name == "RUN")
                await RunAsync(arguments.Replace("/app", app, StringComparison.Ordinal), source);
        }
    }

    private string Last(string name) => _instructions.Last(instruction => instruction.Name == name).Arguments;

    private static void Copy(string[] paths, string source)
    {
        var target = Path.Combine(source, paths[^1]);
        foreach (var path in paths[..^1].Select(Repository.File))
        {
            if (File.Exists(path))
            {
                Directory.CreateDirectory(target);
                File.Copy(path, Path.Combine(target, Path.GetFileName(path)));
                continue;
            }

            // As .dockerignore has it: without what builds on this machine have left.
            foreach (var file in Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Where(file => !file.Split('/').Any(part => part is "bin" or "obj")))
            {
                var copy = Path.Combine(target, Path.GetRelativePath(path, file));
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(file, copy, overwrite: true);
            }
        }
    }

    private static async Task RunAsync(string command, string folder)
    {
        var start = new ProcessStartInfo("sh", ["-c", command]) { WorkingDirectory = folder, RedirectStandardOutput = true };
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{command} failed:\n{output}");
    }
}
