using System.Security.Cryptography;
using System.Web;
using Hera.PgCore.Tests.Http;
using Microsoft.IdentityModel.Tokens;
using NUnit.Framework;

namespace Hera.PgCore.UiTests.Session;

/// <summary>What may not begin a session when a browser comes back from the authority.</summary>
public sealed class OidcForgeryTests
{
    private OidcScene _scene = null!;
    private Visitor _visitor = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _scene = await OidcScene.CreateAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _scene.DisposeAsync();

    [SetUp]
    public void Open()
    {
        _scene.Reset();
        _visitor = new Visitor(_scene.Host);
    }

    [TearDown]
    public void Close() => _visitor.Dispose();

    [Test]
    public async Task A_sound_token_begins_one_that_ends_with_it()
    {
        var arrival = await _visitor.ComeBackAsync(await _visitor.AgreeAsync("/settings/integrations/events?type=a b"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(arrival.Address, Is.EqualTo("/settings/integrations/events?type=a b"));
            Assert.That(arrival.SessionEnds!.Value.UtcDateTime, Is.EqualTo(_scene.Authority.Expires).Within(TimeSpan.FromSeconds(1)));
            Assert.That(_visitor.Cookies, Is.EqualTo(new[] { "hera-session" }), "what was kept on the way is gone");
        }
    }

    [TestCaseSource(nameof(Forgeries))]
    public async Task A_token_that_is_not_quite_right_begins_none(string what, Action<SecurityTokenDescriptor> change)
    {
        _scene.Authority.Change = change;
        var arrival = await _visitor.ComeBackAsync(await _visitor.AgreeAsync());

        Assert.That(arrival.IsRefused, Is.True, arrival.Address);
        Assert.That(_scene.Authority.Refusals, Is.Empty, "the token was issued");
    }

    [Test]
    public async Task A_state_that_this_host_did_not_make_begins_none()
    {
        var callback = await _visitor.AgreeAsync();
        var query = HttpUtility.ParseQueryString(callback.Query);
        foreach (var state in new[] { query["state"] + "x", query["state"]![..^3], "", "AAAA" })
            Assert.That((await _visitor.ComeBackAsync(new Uri(callback, $"?code={query["code"]}&state={state}"))).IsRefused, Is.True, state);
    }

    [Test]
    public async Task A_code_that_the_authority_did_not_give_begins_none()
    {
        var callback = await _visitor.AgreeAsync();
        var query = HttpUtility.ParseQueryString(callback.Query);

        Assert.That((await _visitor.ComeBackAsync(new Uri(callback, $"?code=another&state={query["state"]}"))).IsRefused, Is.True);
        Assert.That(_scene.Authority.Refusals, Is.EqualTo(new[] { "invalid_grant" }));
    }

    [Test]
    public async Task A_code_is_worth_nothing_in_a_sign_in_that_another_browser_began()
    {
        using var attacker = new Visitor(_scene.Host);
        var stolen = HttpUtility.ParseQueryString((await _visitor.AgreeAsync()).Query)["code"];
        var own = await attacker.AgreeAsync();
        var state = HttpUtility.ParseQueryString(own.Query)["state"];

        Assert.That((await attacker.ComeBackAsync(new Uri(own, $"?code={stolen}&state={state}"))).IsRefused, Is.True);
        Assert.That(_scene.Authority.Refusals, Is.EqualTo(new[] { "code_verifier" }));
    }

    [Test]
    public async Task Nobody_is_signed_in_by_the_address_that_somebody_else_comes_back_to()
    {
        using var attacker = new Visitor(_scene.Host);
        var callback = await attacker.AgreeAsync();
        await _visitor.AgreeAsync();
        Assert.That((await _visitor.ComeBackAsync(callback)).IsRefused, Is.True);

        Assert.That((await attacker.ComeBackAsync(callback)).IsRefused, Is.False, "the address was good");
        using var later = new Visitor(_scene.Host);
        Assert.That((await later.ComeBackAsync(callback)).IsRefused, Is.True, "and is good once");
    }

    [TestCase("https://elsewhere.example/")]
    [TestCase("//elsewhere.example/")]
    [TestCase("/\\elsewhere.example/")]
    [TestCase("/\t/elsewhere.example/")]
    public async Task It_leads_nowhere_else(string destination)
    {
        Assert.That((await _visitor.ComeBackAsync(await _visitor.AgreeAsync(destination))).Address, Is.EqualTo("/settings/integrations"));
    }

    private static IEnumerable<TestCaseData> Forgeries()
    {
        yield return Case("the nonce of another sign-in", token => token.Claims["nonce"] = "638.another");
        yield return Case("no nonce", token => token.Claims.Remove("nonce"));
        yield return Case("for another client", token => token.Audience = "hera");
        yield return Case("of another issuer", token => token.Issuer = "https://login.example.com");
        yield return Case("no subject", token => token.Claims.Remove("sub"));
        yield return Case("never ends", token => token.Expires = null);
        yield return Case("ended", token => (token.NotBefore, token.Expires) = (DateTime.UtcNow.AddMinutes(-5), DateTime.UtcNow.AddSeconds(-40)));
        yield return Case("signed with another key", token => token.SigningCredentials = new SigningCredentials(
            new RsaSecurityKey(RSA.Create(2048)) { KeyId = "key-1" }, SecurityAlgorithms.RsaSha256));
        yield return Case("signed with the client's secret", token => token.SigningCredentials = Tokens.Key(OidcAuthority.ClientSecret.PadRight(32, '-')));

        static TestCaseData Case(string what, Action<SecurityTokenDescriptor> change) => new TestCaseData(what, change).SetArgDisplayNames(what);
    }
}
