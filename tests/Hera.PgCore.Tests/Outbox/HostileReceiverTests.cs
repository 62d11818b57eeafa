using System.Diagnostics;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Hera.PgCore.Host.Outbox;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Outbox;

/// <summary>What receivers may do to the sender: each attempt ends in time, with the right code, and costs a bounded amount.</summary>
[NonParallelizable] // It measures the heap of the process, and deadlines of half a second.
public sealed class HostileReceiverTests
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    [Test]
    public async Task A_friendly_answer_is_reported_as_it_is()
    {
        await using var receiver = RawReceiver.StartWith(Ok);
        using var bench = new SenderBench();

        var first = await bench.SendAsync(receiver.Url);
        var second = await bench.SendAsync(receiver.Url);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((first.StatusCode, first.ResponseBody, first.Error), Is.EqualTo((200, "ok", (string?)null)));
            Assert.That(second.StatusCode, Is.EqualTo(200));
            Assert.That(receiver.Connections, Is.EqualTo(1), "connections are reused");
        }
    }

    [Test]
    public async Task A_dripping_body_is_cut_at_the_deadline()
    {
        await using var receiver = RawReceiver.Start(async (_, stream) =>
        {
            await RawReceiver.WriteAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
            await DripAsync(stream, "x");
        });

        await ExpectAsync(receiver, FaultCodes.ResponseTooSlow);
    }

    [Test]
    public async Task Dripping_headers_are_cut_at_the_deadline()
    {
        await using var receiver = RawReceiver.Start(async (_, stream) =>
        {
            await RawReceiver.WriteAsync(stream, "HTTP/1.1 200 OK\r\n");
            await DripAsync(stream, "X-A: b\r\n");
        });

        await ExpectAsync(receiver, FaultCodes.Timeout);
    }

    [Test]
    public async Task Interim_answers_without_end_are_cut_at_the_deadline()
    {
        await using var receiver = RawReceiver.Start((_, stream) => DripAsync(stream, "HTTP/1.1 102 Processing\r\n\r\n"));

        await ExpectAsync(receiver, FaultCodes.Timeout);
    }

    [Test]
    public async Task A_receiver_that_never_answers_is_given_up_at_the_deadline()
    {
        await using var receiver = RawReceiver.Start((_, _) => Task.Delay(Timeout.Infinite));

        await ExpectAsync(receiver, FaultCodes.Timeout);
    }

    [Test]
    public async Task An_endless_body_is_read_up_to_16_KiB_and_dropped()
    {
        var dropped = new TaskCompletionSource();
        await using var receiver = RawReceiver.Start(async (_, stream) =>
        {
            await RawReceiver.WriteAsync(stream, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            var chunk = Encoding.ASCII.GetBytes("1000\r\n" + new string('x', 4096) + "\r\n");
            try
            {
                while (true)
                    await stream.WriteAsync(chunk);
            }
            catch (IOException)
            {
                dropped.SetResult();
            }
        });
        using var bench = new SenderBench();

        var clock = Stopwatch.StartNew();
        var result = await bench.SendAsync(receiver.Url, timeoutMs: 10_000);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.StatusCode, Is.EqualTo(200));
            Assert.That(result.ResponseBody, Has.Length.EqualTo(ResponseText.MaxBytes));
            Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(5)));
        }

        Assert.That(await Task.WhenAny(dropped.Task, Task.Delay(TimeSpan.FromSeconds(5))), Is.SameAs(dropped.Task), "the connection is dropped, nothing is read on");
    }

    [Test]
    public async Task Fifty_endless_answers_take_no_memory_worth_mentioning()
    {
        await using var receiver = RawReceiver.Start(async (_, stream) =>
        {
            await RawReceiver.WriteAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n");
            var block = new byte[65536];
            while (true)
                await stream.WriteAsync(block);
        });
        using var bench = new SenderBench();
        await bench.SendAsync(receiver.Url);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => bench.SendAsync(receiver.Url)));

        Assert.That(GC.GetTotalMemory(forceFullCollection: true) - before, Is.LessThan(8 * 1024 * 1024));
    }

    [Test]
    public async Task A_reset_is_a_reset()
    {
        await using var receiver = RawReceiver.Start((_, stream) =>
        {
            stream.Socket.LingerState = new LingerOption(true, 0);
            stream.Socket.Close();
            return Task.CompletedTask;
        });

        await ExpectAsync(receiver, FaultCodes.Reset);
    }

    [Test]
    public async Task Huge_headers_are_refused()
    {
        await using var receiver = RawReceiver.StartWith($"HTTP/1.1 200 OK\r\nX-Huge: {new string('x', 1_000_000)}\r\nContent-Length: 0\r\n\r\n");

        await ExpectAsync(receiver, FaultCodes.Reset);
    }

    [Test]
    public async Task What_is_not_HTTP_is_refused()
    {
        await using var receiver = RawReceiver.StartWith("SSH-2.0-OpenSSH_9.2\r\n\r\n");

        await ExpectAsync(receiver, FaultCodes.Reset);
    }

    [TestCase(301)]
    [TestCase(302)]
    [TestCase(307)]
    [TestCase(308)]
    public async Task A_redirect_is_reported_and_not_followed(int status)
    {
        await using var target = RawReceiver.StartWith(Ok);
        await using var receiver = RawReceiver.StartWith($"HTTP/1.1 {status} Elsewhere\r\nLocation: {target.Url}\r\nContent-Length: 0\r\n\r\n");
        using var bench = new SenderBench();

        var result = await bench.SendAsync(receiver.Url);

        Assert.That(result.StatusCode, Is.EqualTo(status));
        Assert.That(target.Connections, Is.Zero);
    }

    [Test]
    public async Task Cookies_are_not_kept()
    {
        await using var receiver = RawReceiver.StartWith("HTTP/1.1 200 OK\r\nSet-Cookie: a=b; Path=/\r\nContent-Length: 0\r\n\r\n");
        using var bench = new SenderBench();

        await bench.SendAsync(receiver.Url);
        await bench.SendAsync(receiver.Url);

        Assert.That(receiver.Requests.Select(request => request.Header("Cookie")), Is.All.Null);
    }

    [TestCase("HTTP/1.1 429 Slow Down\r\nRetry-After: 120\r\n", 429, 120)]
    [TestCase("HTTP/1.1 503 Busy\r\nRetry-After: -5\r\n", 503, -5)]
    [TestCase("HTTP/1.1 503 Busy\r\nRetry-After: 99999999999999999999\r\n", 503, int.MaxValue)]
    [TestCase("HTTP/1.1 503 Busy\r\nRetry-After: soon\r\n", 503, null)]
    [TestCase("HTTP/1.1 503 Busy\r\n", 503, null)]
    [TestCase("HTTP/1.1 410 Gone\r\n", 410, null)]
    [TestCase("HTTP/1.1 200 OK\r\nRetry-After: 7\r\n", 200, null)]
    public async Task Status_and_retry_after_are_passed_on(string head, int status, int? retryAfter)
    {
        await using var receiver = RawReceiver.StartWith(head + "Content-Length: 0\r\n\r\n");
        using var bench = new SenderBench();

        var result = await bench.SendAsync(receiver.Url);

        Assert.That((result.StatusCode, result.RetryAfterSeconds, result.Error), Is.EqualTo((status, retryAfter, (string?)null)));
    }

    [TestCase("Fri, 31 Dec 1999 23:59:59 GMT", 60)]
    [TestCase("Friday, 31-Dec-99 23:59:59 GMT", 60)]
    [TestCase("Fri Dec 31 23:59:59 1999", 60)]
    [TestCase("Fri, 31 Dec 1999 23:57:59 GMT", -60)]
    [TestCase("Fri, 31 Dec 9999 23:59:59 GMT", int.MaxValue)]
    public void Retry_after_dates_become_seconds(string value, int seconds)
    {
        var now = new DateTimeOffset(1999, 12, 31, 23, 58, 59, TimeSpan.Zero);

        Assert.That(RetryAfter.Parse(value, now), Is.EqualTo(seconds));
    }

    [Test]
    public async Task Compressed_answers_are_kept_as_they_came()
    {
        await using var receiver = RawReceiver.StartWith("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\n\u001f\u008b\0");
        using var bench = new SenderBench();

        var result = await bench.SendAsync(receiver.Url);

        Assert.That(result.ResponseBody, Is.EqualTo("\u001f\uFFFD\uFFFD"), "not unpacked; what is no text and NUL is replaced");
    }

    [Test]
    public async Task Plain_text_behind_https_is_a_tls_fault()
    {
        await using var receiver = RawReceiver.Start((_, stream) => RawReceiver.WriteAsync(stream, "nonsense"));
        using var bench = new SenderBench();
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        _ = AnswerPlainAsync(listener);

        var result = await bench.SendAsync($"https://127.0.0.1:{((System.Net.IPEndPoint)listener.LocalEndpoint).Port}/");

        Assert.That(result.Error, Is.EqualTo(FaultCodes.TlsFailed));
    }

    [Test]
    public async Task A_certificate_that_nobody_vouches_for_is_a_tls_fault()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var served = Task.Run(async () =>
        {
            using var client = await listener.AcceptTcpClientAsync();
            await using var tls = new SslStream(client.GetStream());
            await tls.AuthenticateAsServerAsync(certificate);
            return await tls.ReadAsync(new byte[1]);
        });
        using var bench = new SenderBench();

        var result = await bench.SendAsync($"https://127.0.0.1:{((System.Net.IPEndPoint)listener.LocalEndpoint).Port}/");

        Assert.That(result.Error, Is.EqualTo(FaultCodes.TlsFailed));
        await served.ContinueWith(task => Assert.That(task.IsFaulted || task.Result == 0, "no byte of the request arrives"), TaskScheduler.Default);
    }

    [Test]
    public async Task A_closed_port_is_a_failed_connection()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        using var bench = new SenderBench();

        Assert.That((await bench.SendAsync($"http://127.0.0.1:{port}/")).Error, Is.EqualTo(FaultCodes.ConnectFailed));
    }

    [Test]
    public async Task A_name_that_does_not_resolve_is_a_dns_fault()
    {
        using var bench = new SenderBench(resolve: (_, _) => throw new SocketException((int)SocketError.HostNotFound));

        Assert.That((await bench.SendAsync("http://receiver.example/")).Error, Is.EqualTo(FaultCodes.DnsFailed));
    }

    [Test]
    public async Task Name_resolution_counts_towards_the_deadline()
    {
        using var bench = new SenderBench(resolve: async (_, cancellation) =>
        {
            await Task.Delay(Timeout.Infinite, cancellation);
            return [];
        });

        Assert.That((await bench.SendAsync("http://receiver.example/", timeoutMs: 300)).Error, Is.EqualTo(FaultCodes.Timeout));
    }

    private static async Task ExpectAsync(RawReceiver receiver, string code)
    {
        using var bench = new SenderBench();
        var clock = Stopwatch.StartNew();
        var result = await bench.SendAsync(receiver.Url, timeoutMs: 500);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Error, Is.EqualTo(code));
            Assert.That(result.StatusCode, Is.Null);
            Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(2)));
        }
    }

    private static async Task DripAsync(NetworkStream stream, string drop)
    {
        while (true)
        {
            await RawReceiver.WriteAsync(stream, drop);
            await Task.Delay(20);
        }
    }

    private static async Task AnswerPlainAsync(TcpListener listener)
    {
        using var client = await listener.AcceptTcpClientAsync();
        await client.GetStream().WriteAsync("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
        await Task.Delay(500);
    }
}
