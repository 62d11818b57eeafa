using System.Diagnostics;
using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hera.PgCore.Benchmarks.Stage;

/// <summary>
/// The webhook receiver: another process of this program, so that it shares nothing with the sender but the machine. It answers 200 and counts.
/// It listens on several ports, since the pipeline gives one receiver only a part of its senders.
/// </summary>
internal sealed class Receiver : IAsyncDisposable
{
    public const string Command = "receiver";

    private const int Ports = 4;

    private readonly Process _process;
    private readonly HttpClient _client = new();

    private Receiver(Process process, Uri[] urls)
    {
        _process = process;
        Urls = urls;
    }

    /// <summary>Where it takes webhooks; each is a receiver of its own to the sender.</summary>
    public IReadOnlyList<Uri> Urls { get; }

    public int ProcessId => _process.Id;

    public static async Task<Receiver> StartAsync()
    {
        var program = Environment.ProcessPath!;
        var start = new ProcessStartInfo(program) { RedirectStandardInput = true, RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(program) == "dotnet")
            start.ArgumentList.Add(typeof(Receiver).Assembly.Location);
        start.ArgumentList.Add(Command);
        var process = Process.Start(start) ?? throw new InvalidOperationException("The receiver did not start.");
        var line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The receiver ended at once.");
        return new Receiver(process, line.Split(' ').Select(address => new Uri(new Uri(address), "/hook")).ToArray());
    }

    /// <summary>Requests answered since it started.</summary>
    public async Task<long> CountAsync() =>
        long.Parse(await _client.GetStringAsync(new Uri(Urls[0], "/count")), CultureInfo.InvariantCulture);

    /// <summary>Milliseconds between the time that each body of a <see cref="ReceiverAnswers.TimedPath"/> names and its arrival; takes them out.</summary>
    public async Task<double[]> TakeDelaysAsync() => (await _client.GetStringAsync(new Uri(Urls[0], "/delays")))
        .Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ToArray();

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _client.Dispose();
    }

    /// <summary>What the other process does: serves until its standard input ends.</summary>
    public static async Task<int> ServeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            for (var port = 0; port < Ports; port++)
                kestrel.Listen(IPAddress.Loopback, 0);
        });
        await using var app = builder.Build();
        var answers = new ReceiverAnswers();
        app.Run(answers.AnswerAsync);
        await app.StartAsync();
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        await Console.Out.WriteLineAsync(string.Join(' ', addresses));
        while (await Console.In.ReadLineAsync() is not null)
        {
        }

        return 0;
    }
}
