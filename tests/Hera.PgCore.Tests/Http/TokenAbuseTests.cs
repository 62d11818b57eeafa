using System.Security.Cryptography;
using Hera.PgCore.Tests.Infrastructure;
using Microsoft.IdentityModel.Tokens;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Http;

/// <summary>Tokens that must not pass: each is refused and nothing is written.</summary>
public sealed class TokenAbuseTests
{
    private const string Issuer = "https://login.example.com/";
    private const string Audience = "hera";

    // Long enough for HS512 too, so that only the pinned algorithm stands against it.
    private const string Secret = TestHost.JwtSecret + TestHost.JwtSecret;

    private static readonly RSA Rsa = RSA.Create(2048);

    private TestDatabase _database = null!;
    private TestHost _host = null!;
    private Tenant _tenant = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _host = await TestHost.StartAsync(_database, new()
        {
            ["HERA_JWT_SECRET"] = Secret,
            ["HERA_JWT_ISSUER"] = Issuer,
            ["HERA_JWT_AUDIENCE"] = Audience,
            ["OUTBOX_WORKER_ENABLED"] = "false",
        });
        _tenant = await Tenant.CreateAsync(_database);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _host.DisposeAsync();
        await _database.DisposeAsync();
        Rsa.Dispose();
    }

    [Test]
    public async Task A_good_token_passes()
    {
        Assert.That((await PostAsync(Good())).Status, Is.EqualTo(200));
        Assert.That((await PostAsync(Good(token => token.Expires = DateTime.UtcNow.AddSeconds(-15)))).Status, Is.EqualTo(200), "within the skew of 30 s");
    }

    [TestCaseSource(nameof(BadTokens))]
    public async Task A_bad_token_is_refused(string name, Func<string, string> make)
    {
        var before = await _tenant.EventsAsync(_database);

        var answer = await PostAsync(make(_tenant.Subject));

        using (Assert.EnterMultipleScope())
        {
            RoutesTests.AssertProblem(answer, 401, "invalid_token");
            Assert.That(answer.Headers, Does.ContainKey("WWW-Authenticate"));
            Assert.That(await _tenant.EventsAsync(_database), Is.EqualTo(before));
        }
    }

    [TestCase("")]
    [TestCase("Bearer")]
    [TestCase("Basic dXNlcjpwYXNz")]
    public async Task An_authorization_that_is_no_bearer_token_is_refused(string header)
    {
        var answer = await _host.PostAsync("/api/v2/integrations/events", null, "{}", ("Authorization", header));

        Assert.That(answer.Status, Is.EqualTo(401));
    }

    private static IEnumerable<TestCaseData> BadTokens()
    {
        yield return Case("none", subject => Tokens.Raw("""{"alg":"none","typ":"JWT"}""", Payload(subject)));
        yield return Case("None", subject => Tokens.Raw("""{"alg":"None"}""", Payload(subject)));
        yield return Case("no signature", subject => Make(subject)[..(Make(subject).LastIndexOf('.') + 1)]);
        yield return Case("HS384", subject => Make(subject, token => token.SigningCredentials = Tokens.Key(Secret, SecurityAlgorithms.HmacSha384)));
        yield return Case("HS512", subject => Make(subject, token => token.SigningCredentials = Tokens.Key(Secret, SecurityAlgorithms.HmacSha512)));
        yield return Case("RS256 where HS256 is pinned", subject =>
            Make(subject, token => token.SigningCredentials = new SigningCredentials(new RsaSecurityKey(Rsa), SecurityAlgorithms.RsaSha256)));
        yield return Case("own key in the header", subject => Tokens.Raw(
            """{"alg":"HS256","jwk":{"kty":"oct","k":"YXR0YWNrZXI"}}""", Payload(subject), Base64UrlEncoder.Encode(new byte[32])));
        yield return Case("another secret", subject => Make(subject, token => token.SigningCredentials = Tokens.Key("another secret that is long enough for HS256!")));
        yield return Case("expired", subject => Make(subject, token =>
        {
            token.NotBefore = DateTime.UtcNow.AddMinutes(-5);
            token.Expires = DateTime.UtcNow.AddSeconds(-40);
        }));
        yield return Case("never expires", subject => Make(subject, token => token.Expires = null));
        yield return Case("not yet valid", subject => Make(subject, token => token.NotBefore = DateTime.UtcNow.AddSeconds(60)));
        yield return Case("wrong audience", subject => Make(subject, token => token.Audience = "another"));
        yield return Case("no audience", subject => Make(subject, token => token.Audience = null));
        yield return Case("wrong issuer", subject => Make(subject, token => token.Issuer = "https://login.example.com"));
        yield return Case("no issuer", subject => Make(subject, token => token.Issuer = null));
        yield return Case("no subject", subject => Make(subject, token => token.Claims.Remove("sub")));
        yield return Case("empty subject", subject => Make(subject, token => token.Claims["sub"] = ""));
        yield return Case("payload exchanged", subject =>
        {
            var parts = Make(subject).Split('.');
            return $"{parts[0]}.{Base64UrlEncoder.Encode(Payload("00000000-0000-0000-0000-000000000001"))}.{parts[2]}";
        });
        yield return Case("signature changed", subject =>
        {
            var token = Make(subject);
            return token[..^10] + (token[^10] == 'A' ? 'B' : 'A') + token[^9..];
        });
        yield return Case("nonsense", _ => "nonsense");
        yield return Case("three empty parts", _ => "..");
    }

    private static TestCaseData Case(string name, Func<string, string> make) => new TestCaseData(name, make).SetArgDisplayNames(name);

    private static string Payload(string subject) =>
        $$"""{"sub":"{{subject}}","iss":"{{Issuer}}","aud":"{{Audience}}","exp":{{DateTimeOffset.UtcNow.AddMinutes(5).ToUnixTimeSeconds()}}}""";

    private static string Make(string subject, Action<SecurityTokenDescriptor>? change = null) => Tokens.For(
        subject,
        token =>
        {
            token.Issuer = Issuer;
            token.Audience = Audience;
            change?.Invoke(token);
        },
        Secret);

    private string Good(Action<SecurityTokenDescriptor>? change = null) => Make(_tenant.Subject, change);

    private Task<Answer> PostAsync(string token) =>
        _host.PostAsync("/api/v2/integrations/events", token, """{"event_source": "a", "event_type": "b"}""", _tenant.Header);
}
