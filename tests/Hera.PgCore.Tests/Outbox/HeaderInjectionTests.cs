using Hera.PgCore.Host.Outbox;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Outbox;

/// <summary>Whatever stands in a configured header, the receiver reads exactly the lines that were meant, or nothing is sent.</summary>
public sealed class HeaderInjectionTests
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
    private const int Pairs = 2000;

    private static readonly string[] Fragments =
    [
        "X-Injected: yes", "\r\n", "\n", "\r", "\0", " ", "\t", ":", "a", "Z9", "-", "é", "\u2028", "\u010a", "\u010d", "\u560d\u560a", "GET / HTTP/1.1",
        "\u007f", "\u0001", "\"", "(", "Content-Length", "0", "webhook-id",
    ];

    private static readonly string[] Ours =
    [
        "Content-Type", "User-Agent", "webhook-id", "webhook-timestamp", "webhook-signature", "X-HERA-SIGNATURE", "X-HERA-ORG-ID", "X-HERA-EVENT-CODE",
        "X-HERA-TOPIC", "X-HERA-ATTEMPT",
    ];

    [Test]
    public async Task Random_names_and_values_never_reach_the_wire_as_anything_else()
    {
        await using var receiver = RawReceiver.StartWith(Ok);
        using var bench = new SenderBench();
        var random = new Random(20261124);
        var sent = 0;
        for (var round = 0; round < Pairs; round++)
        {
            var name = round % 2 == 0 ? "X-Custom" : Compose(random);
            var value = Compose(random);
            var result = await bench.SendAsync(receiver.Url, headers: new Dictionary<string, string> { [name] = value });

            if (result.Error == FaultCodes.BadRequest)
                continue;
            sent++;
            Assert.That(result.StatusCode, Is.EqualTo(200), $"{Show(name)}: {Show(value)}");
            var request = receiver.Requests.Last();
            Assert.That(request.Lines.Where(line => !Array.Exists(Ours, ours => line.StartsWith(ours + ": ", StringComparison.Ordinal))), Is.EquivalentTo(new[]
            {
                "POST /hook HTTP/1.1", $"Host: 127.0.0.1:{receiver.Port}", $"{name}: {value}", "Content-Length: 2",
            }), $"{Show(name)}: {Show(value)}");
            Assert.That(request.Lines, Has.Length.EqualTo(Ours.Length + 4), $"{Show(name)}: {Show(value)}");
        }

        Assert.That(sent, Is.InRange(Pairs / 20, Pairs - 1), "some pairs are fine and are sent as they are");
        Assert.That(receiver.Requests, Has.Count.EqualTo(sent));
    }

    [TestCase("Host", "evil.example")]
    [TestCase("host", "evil.example")]
    [TestCase("Content-Length", "0")]
    [TestCase("Transfer-Encoding", "chunked")]
    [TestCase("Connection", "close")]
    [TestCase("Upgrade", "h2c")]
    [TestCase("TE", "trailers")]
    [TestCase("Expect", "100-continue")]
    [TestCase("Proxy-Authorization", "Basic eA==")]
    [TestCase("WEBHOOK-ID", "another")]
    [TestCase("X-Custom", " padded")]
    [TestCase("X-Custom", "a\r\nX-Injected: yes")]
    [TestCase("X-Custom\r\nX-Injected", "yes")]
    [TestCase("", "empty")]
    public async Task Names_of_the_protocol_and_broken_lines_are_refused(string name, string value)
    {
        await using var receiver = RawReceiver.StartWith(Ok);
        using var bench = new SenderBench();

        var result = await bench.SendAsync(receiver.Url, headers: new Dictionary<string, string> { [name] = value });

        Assert.That(result.Error, Is.EqualTo(FaultCodes.BadRequest));
        Assert.That(receiver.Requests, Is.Empty);
    }

    [TestCase("Content-Language", "de")]
    [TestCase("X-Empty", "")]
    [TestCase("Authorization", "Bearer x.y.z")]
    public async Task Harmless_headers_are_sent(string name, string value)
    {
        await using var receiver = RawReceiver.StartWith(Ok);
        using var bench = new SenderBench();

        await bench.SendAsync(receiver.Url, headers: new Dictionary<string, string> { [name] = value });

        Assert.That(receiver.Requests.Single().Header(name), Is.EqualTo(value));
    }

    [TestCase("shop.a\r\nX-Injected: yes")]
    [TestCase("shop.ä")]
    public async Task A_topic_that_is_no_header_value_is_not_sent(string topic)
    {
        await using var receiver = RawReceiver.StartWith(Ok);
        using var bench = new SenderBench();

        var result = await bench.SendAsync(receiver.Url, topic: topic);

        Assert.That(result.Error, Is.EqualTo(FaultCodes.BadRequest));
        Assert.That(receiver.Requests, Is.Empty);
    }

    private static string Compose(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(1, 5)).Select(_ => Fragments[random.Next(Fragments.Length)]));

    private static string Show(string text) => System.Text.Json.JsonSerializer.Serialize(text);
}
