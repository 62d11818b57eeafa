using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json.Nodes;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Http;

/// <summary>The published JavaScript clients, run by Node.js: <c>clients/rpc.mjs</c> makes the calls.</summary>
internal static class NodeClients
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "clients");

    /// <summary>Installs the clients where they are not yet, in the versions of <c>clients/package.json</c>.</summary>
    public static async Task InstallAsync()
    {
        var installed = Path.Combine(Folder, "node_modules", ".package-lock.json");
        if (File.Exists(installed) && File.GetLastWriteTimeUtc(installed) > File.GetLastWriteTimeUtc(Path.Combine(Folder, "package.json")))
            return;
        var (exit, _, errors) = await RunAsync("npm", "install --no-audit --no-fund --no-package-lock --loglevel=error", "");
        if (exit != 0)
            Assert.Ignore($"The JavaScript clients cannot be installed ({errors.Trim()}): make the npm registry reachable.");
    }

    /// <summary>Makes calls one after the other; what each resolved to is <c>{data, error, status}</c>.</summary>
    public static async Task<JsonNode[]> CallAsync(Uri host, params JsonObject[] calls)
    {
        var input = new JsonObject { ["url"] = host.GetLeftPart(UriPartial.Authority), ["calls"] = new JsonArray([.. calls]) };
        var (exit, output, errors) = await RunAsync("node", "rpc.mjs", input.ToJsonString());
        Assert.That(exit, Is.Zero, errors);
        return [.. JsonNode.Parse(output)!.AsArray().Select(result => result!)];
    }

    private static async Task<(int Exit, string Output, string Errors)> RunAsync(string program, string arguments, string input)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEndAsync();
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
            await process.WaitForExitAsync();
            return (process.ExitCode, await output, await errors);
        }
        catch (Win32Exception)
        {
            throw new IgnoreException($"There is no {program}: apt-get install nodejs npm.");
        }
    }
}
