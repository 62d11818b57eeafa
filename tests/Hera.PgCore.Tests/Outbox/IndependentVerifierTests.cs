using System.Globalization;
using Hera.PgCore.Tests.Infrastructure;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Outbox;

/// <summary>Deliveries as they stood on the wire, verified by the library that the Standard Webhooks publish for receivers.</summary>
public sealed class IndependentVerifierTests
{
    private const string First = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
    private const string Second = "whsec_ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA=";
    private const string Unknown = "whsec_eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHg=";
    private const string OfOurOwn = "a-secret-of-our-own-!~";
    private const string Accepted = "accepted";

    private OutboxScene _scene = null!;
    private RawReceiver _receiver = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _scene = await OutboxScene.CreateAsync();
        _receiver = RawReceiver.StartWith("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _receiver.DisposeAsync();
        await _scene.DisposeAsync();
    }

    [Test]
    public async Task A_delivery_is_accepted_and_no_change_of_it_is()
    {
        await CreateWebhookAsync(First);
        var request = await DeliverAsync();
        var other = await DeliverAsync();
        var middle = request.Body.Length / 2;
        byte[] changed = [.. request.Body[..middle], (byte)(request.Body[middle] ^ 1), .. request.Body[(middle + 1)..]];

        var outcomes = await VerifyAsync(
            Claim(request, First),
            Claim(other, First),
            Claim(request, First) with { Body = Convert.ToBase64String(changed) },
            Claim(request, First, ("webhook-id", other.Header("webhook-id")!)),
            Claim(request, First, ("webhook-signature", other.Header("webhook-signature")!)),
            Claim(request, First, ("webhook-timestamp", Moved(request, 301))),
            Claim(request, First, ("webhook-timestamp", Moved(request, -301))),
            Claim(request, First, ("webhook-timestamp", Moved(request, 1))),
            Claim(request, Unknown));

        Assert.That(outcomes[..2], Is.All.EqualTo(Accepted));
        Assert.That(outcomes[2..], Has.None.EqualTo(Accepted));
    }

    [Test]
    public async Task A_delivery_that_is_replayed_after_five_minutes_is_refused()
    {
        await CreateWebhookAsync(First);
        var request = await DeliverAsync();

        // The receiver's clock runs on while the test does.
        var outcomes = await VerifyAsync(Claim(request, First) with { Later = 240 }, Claim(request, First) with { Later = 301 });

        Assert.That(outcomes[0], Is.EqualTo(Accepted));
        Assert.That(outcomes[1], Is.Not.EqualTo(Accepted));
    }

    [Test]
    public async Task While_secrets_rotate_either_accepts_and_after_the_overlap_only_the_new_one()
    {
        var webhook = await CreateWebhookAsync(First);
        await RotateAsync(webhook, Second, overlapSeconds: 86400);
        var during = await DeliverAsync();
        await RotateAsync(webhook, OfOurOwn, overlapSeconds: 0);
        var after = await DeliverAsync();

        var outcomes = await VerifyAsync(
            Claim(during, First), Claim(during, Second), Claim(during, Unknown),
            Claim(after, OfOurOwn) with { Format = "raw" }, Claim(after, Second), Claim(after, First));

        Assert.That(outcomes[..2], Is.All.EqualTo(Accepted));
        Assert.That(outcomes[2], Is.Not.EqualTo(Accepted));
        Assert.That(outcomes[3], Is.EqualTo(Accepted));
        Assert.That(outcomes[4..], Has.None.EqualTo(Accepted));
    }

    private async Task<Guid> CreateWebhookAsync(string secret)
    {
        var answer = await _scene.CallAsync("hera_webhook_config_v1", "p_webhook_config", new { url = _receiver.Url, secret }, "CREATE");
        return answer["webhook"]!["id"]!.GetValue<Guid>();
    }

    private Task RotateAsync(Guid webhook, string secret, int overlapSeconds) => _scene.Database.ExecuteAsync($$"""
        set hera.encryption_key = '{{Http.TestHost.EncryptionKey}}';
        select hera_webhook_config_v1('{{Http.Tenant.SystemActor}}', '{{_scene.Tenant.Organization}}', 'ROTATE_SECRET',
          '{"secret": "{{secret}}", "overlap_seconds": {{overlapSeconds}}}', null, '{{webhook}}')
        """);

    private async Task<RawRequest> DeliverAsync()
    {
        var before = _receiver.Requests.Count;
        await _scene.PublishAsync(1);
        var pipeline = await _scene.CreatePipelineAsync();
        await pipeline.RunUntilEmptyAsync();
        await _scene.UntilAsync(() => _receiver.Requests.Count > before, "the delivery arrived");
        return _receiver.Requests.Last();
    }

    private static string Moved(RawRequest request, int seconds) =>
        (long.Parse(request.Header("webhook-timestamp")!, CultureInfo.InvariantCulture) + seconds).ToString(CultureInfo.InvariantCulture);

    private static async Task<string[]> VerifyAsync(params Delivery[] deliveries)
    {
        var input = deliveries.Select(d => new { secret = d.Secret, format = d.Format, headers = d.Headers, body = d.Body, later = d.Later });
        var outcomes = await NodeScript.RunAsync("verify.mjs", input);
        return [.. outcomes.AsArray().Select(outcome => outcome!.GetValue<string>())];
    }

    private static Delivery Claim(RawRequest request, string secret, params (string Name, string Value)[] changes)
    {
        var headers = new[] { "webhook-id", "webhook-timestamp", "webhook-signature" }.ToDictionary(name => name, name => request.Header(name)!);
        foreach (var (name, value) in changes)
            headers[name] = value;
        return new Delivery(secret, headers, Convert.ToBase64String(request.Body));
    }

    private sealed record Delivery(string Secret, Dictionary<string, string> Headers, string Body)
    {
        public string? Format { get; init; }

        public int Later { get; init; }
    }
}
