using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Hera.PgCore.Tests.Infrastructure;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Http;

/// <summary>How large, how many and how slow the parts of a request may be.</summary>
public sealed class RequestLimitTests
{
    private const string Events = "/api/v2/integrations/events";

    private TestDatabase _database = null!;
    private TestHost _host = null!;
    private Tenant _tenant = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _host = await TestHost.StartAsync(_database, new() { ["OUTBOX_WORKER_ENABLED"] = "false" });
        _tenant = await Tenant.CreateAsync(_database);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _host.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Test]
    public async Task Too_many_headers_are_431()
    {
        var headers = Enumerable.Range(0, 120).Select(n => ($"X-Header-{n}", "v")).ToArray();

        RoutesTests.AssertProblem(await _host.GetAsync(Events, _tenant.Token, headers), 431, "headers_too_large");
    }

    [Test]
    public async Task Too_large_headers_are_431()
    {
        var headers = Enumerable.Range(0, 5).Select(n => ($"X-Header-{n}", new string('v', 8000))).ToArray();

        RoutesTests.AssertProblem(await _host.GetAsync(Events, _tenant.Token, headers), 431, "headers_too_large");
    }

    [Test]
    public async Task A_long_address_is_414()
    {
        RoutesTests.AssertProblem(await _host.GetAsync(Events + "?x=" + new string('x', 9000), _tenant.Token), 414, "target_too_long");
    }

    [Test]
    public async Task Headers_within_the_limits_pass()
    {
        var headers = Enumerable.Range(0, 60).Select(n => ($"X-Header-{n}", new string('v', 300))).ToArray();

        Assert.That((await _host.GetAsync("/livez", null, headers)).Status, Is.EqualTo(200));
    }

    [TestCase("GET /livez HTTP/1.1\r\nHost: a\r\nX-Large: {200000}\r\n\r\n", 431)]
    [TestCase("GET /{40000} HTTP/1.1\r\nHost: a\r\n\r\n", 414)]
    [TestCase("GET /livez HTTP/1.1\r\n\r\n", 400)]
    [TestCase("GET /livez HTTP/1.1\r\nHost: a\r\nBad Header: x\r\n\r\n", 400)]
    [TestCase("NONSENSE\r\n\r\n", 400)]
    [TestCase("GET /livez HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n", 400)]
    public async Task What_is_beyond_HTTP_is_refused_and_the_connection_closed(string request, int status)
    {
        var answer = await RawAsync([Fill(request)], TimeSpan.FromSeconds(20));

        Assert.That(answer.Text, Does.StartWith($"HTTP/1.1 {status} "), answer.Text);
        Assert.That(answer.IsClosed, Is.True);
    }

    [Test]
    public async Task A_broken_chunk_is_a_problem()
    {
        var answer = await RawAsync([Head("Transfer-Encoding: chunked"), "zz\r\n"], TimeSpan.FromSeconds(20));

        Assert.That(answer.Text, Does.StartWith("HTTP/1.1 400 ").And.Contain("application/problem+json"));
    }

    [Test]
    public async Task Who_drips_a_body_is_cut_off()
    {
        var before = await _tenant.EventsAsync(_database);
        var start = Stopwatch.GetTimestamp();
        var answer = await RawAsync([Head("Content-Length: 10000"), .. Enumerable.Repeat("{", 200)], TimeSpan.FromSeconds(30), pause: 100);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Text, Does.StartWith("HTTP/1.1 408 ").And.Contain("request_timeout"), answer.Text);
            Assert.That(Stopwatch.GetElapsedTime(start), Is.LessThan(TimeSpan.FromSeconds(20)));
            Assert.That(await _tenant.EventsAsync(_database), Is.EqualTo(before));
        }
    }

    [Test]
    public async Task Who_drips_headers_is_cut_off()
    {
        var start = Stopwatch.GetTimestamp();
        var answer = await RawAsync(["GET /livez HTTP/1.1\r\n", .. Enumerable.Repeat("X-Slow: a\r\n", 150)], TimeSpan.FromSeconds(40), pause: 200);

        Assert.That(answer.IsClosed, Is.True, answer.Text);
        Assert.That(Stopwatch.GetElapsedTime(start), Is.InRange(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(25)));
    }

    private string Head(string header) =>
        $"POST {Events} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {_tenant.Token}\r\nContent-Type: application/json\r\n{header}\r\n\r\n";

    private static string Fill(string text)
    {
        var open = text.IndexOf('{', StringComparison.Ordinal);
        return open < 0 ? text : text[..open] + new string('x', int.Parse(text[(open + 1)..text.IndexOf('}', StringComparison.Ordinal)], System.Globalization.CultureInfo.InvariantCulture)) + text[(text.IndexOf('}', StringComparison.Ordinal) + 1)..];
    }

    /// <summary>Sends parts with a pause between them, as far as the server lets, and reads until it closes or the time is over.</summary>
    private async Task<(string Text, bool IsClosed)> RawAsync(IEnumerable<string> parts, TimeSpan limit, int pause = 0)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(_host.Client.BaseAddress!.Host, _host.Client.BaseAddress.Port);
        var stream = client.GetStream();
        using var over = new CancellationTokenSource(limit);
        var received = new StringBuilder();
        var isClosed = false;
        var reading = ReadAsync();
        try
        {
            foreach (var part in parts)
            {
                if (reading.IsCompleted)
                    break;
                await stream.WriteAsync(Encoding.ASCII.GetBytes(part), over.Token);
                await Task.Delay(pause, over.Token);
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
        }

        await reading;
        return (received.ToString(), isClosed);

        async Task ReadAsync()
        {
            var buffer = new byte[8192];
            try
            {
                while (await stream.ReadAsync(buffer, over.Token) is var read and > 0)
                    received.Append(Encoding.ASCII.GetString(buffer, 0, read));
                isClosed = true;
            }
            catch (IOException)
            {
                isClosed = true;
            }
            catch (OperationCanceledException)
            {
            }
        }
    }
}
