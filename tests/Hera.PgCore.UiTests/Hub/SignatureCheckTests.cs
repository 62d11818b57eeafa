using Hera.PgCore.Host.Pages.Hub;
using NUnit.Framework;

namespace Hera.PgCore.UiTests.Hub;

/// <summary>What the signature debugger says, by the published vector of Standard Webhooks 1.0.0.</summary>
public sealed class SignatureCheckTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Body = """{"test": 2432232314}""";
    private const string Headers = """
        webhook-id: msg_p5jXN8AQM9LWM0D4loKWxJek
        Webhook-Timestamp: 1614265330
        webhook-signature: v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=
        """;

    private static readonly DateTimeOffset Then = DateTimeOffset.FromUnixTimeSeconds(1614265330);

    [Test]
    public void A_request_as_it_was_sent_has_nothing_wrong() => Assert.That(Explain().Select(finding => finding.IsGood), Is.All.True);

    [Test]
    public void An_old_one_matches_and_is_told_to_be_old()
    {
        var findings = Explain(now: Then.AddSeconds(301));
        Assert.That(findings.Select(finding => finding.IsGood), Is.EqualTo(new[] { true, true, false }));
    }

    [TestCase("body", "{\"test\":2432232314}")]
    [TestCase("body", "{\"test\": 2432232314} ")]
    [TestCase("secret", "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD")]
    [TestCase("secret", "whsec_cut off")]
    [TestCase("headers", "webhook-id: msg_p5jXN8AQM9LWM0D4loKWxJek")]
    [TestCase("headers", "webhook-id: other\nwebhook-timestamp: 1614265330\nwebhook-signature: v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    public void Whatever_is_altered_is_found(string what, string value)
    {
        var findings = Explain(what == "secret" ? value : Secret, what == "headers" ? value : Headers, what == "body" ? value : Body);
        Assert.That(findings[^1].IsGood, Is.False, findings[^1].Text);
    }

    [Test]
    public void White_space_at_the_end_is_named_as_the_cause() =>
        Assert.That(Explain(body: Body + "\n\n")[^1].Text, Is.Not.EqualTo(Explain(body: Body + "x")[^1].Text));

    private static IReadOnlyList<SignatureFinding> Explain(string secret = Secret, string headers = Headers, string body = Body, DateTimeOffset? now = null) =>
        SignatureCheck.Explain(secret, headers, body, now ?? Then);
}
