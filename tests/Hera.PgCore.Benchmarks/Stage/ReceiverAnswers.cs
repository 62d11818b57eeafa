using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Hera.PgCore.Benchmarks.Stage;

/// <summary>What the receiver does with a request: counts it and answers 200; notes how late it is; or never answers.</summary>
internal sealed partial class ReceiverAnswers
{
    /// <summary>Webhooks to here note their delay. Their event data holds <c>sent</c>, a timestamp of the clock that all processes share.</summary>
    public const string TimedPath = "/timed";

    /// <summary>Webhooks to here get no answer.</summary>
    public const string HangingPath = "/hanging";

    private static readonly byte[] Ok = "ok"u8.ToArray();

    private readonly ConcurrentQueue<double> _delays = new();
    private long _count;

    public Task AnswerAsync(HttpContext http) => http.Request.Path.Value switch
    {
        "/count" => http.Response.WriteAsync(Interlocked.Read(ref _count).ToString(CultureInfo.InvariantCulture)),
        "/delays" => WriteDelaysAsync(http),
        HangingPath => HangAsync(http),
        TimedPath => NoteAsync(http),
        _ => CountAsync(http),
    };

    private async Task CountAsync(HttpContext http)
    {
        await http.Request.Body.CopyToAsync(Stream.Null);
        await AcceptAsync(http);
    }

    private async Task NoteAsync(HttpContext http)
    {
        var now = Stopwatch.GetTimestamp();
        using var reader = new StreamReader(http.Request.Body);
        var sent = Sent().Match(await reader.ReadToEndAsync());
        if (sent.Success)
            _delays.Enqueue(Stopwatch.GetElapsedTime(long.Parse(sent.Groups[1].Value, CultureInfo.InvariantCulture), now).TotalMilliseconds);
        await AcceptAsync(http);
    }

    private async Task AcceptAsync(HttpContext http)
    {
        Interlocked.Increment(ref _count);
        http.Response.ContentLength = Ok.Length;
        await http.Response.Body.WriteAsync(Ok);
    }

    private static async Task HangAsync(HttpContext http)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task WriteDelaysAsync(HttpContext http)
    {
        while (_delays.TryDequeue(out var delay))
            await http.Response.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"{delay:0.###} "));
    }

    [GeneratedRegex("\"sent\": ?([0-9]+)")]
    private static partial Regex Sent();
}
