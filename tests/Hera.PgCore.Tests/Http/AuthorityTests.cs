using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hera.PgCore.Tests.Infrastructure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Http;

/// <summary>Tokens of an OpenID Connect authority, and attempts to pass off others as such.</summary>
public sealed class AuthorityTests
{
    private const string KeyId = "key-1";

    private readonly RSA _key = RSA.Create(2048);
    private readonly RSA _otherKey = RSA.Create(2048);
    private TestDatabase _database = null!;
    private WebApplication _authority = null!;
    private TestHost _host = null!;
    private Tenant _tenant = null!;

    private string Issuer => _authority.Urls.First();

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _authority = await StartAuthorityAsync();
        _database = await TestDatabase.CreateAsync();
        _tenant = await Tenant.CreateAsync(_database);
        var variables = new Dictionary<string, string>
        {
            ["HERA_JWT_AUTHORITY"] = Issuer,
            ["HERA_JWT_ISSUER"] = Issuer,
            ["HERA_JWT_AUDIENCE"] = "hera",
            ["OUTBOX_WORKER_ENABLED"] = "false",
        };
        // Only development may fetch keys over plain http.
        _host = await TestHost.StartAsync(_database, variables, isDevelopment: true);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _host.DisposeAsync();
        await _database.DisposeAsync();
        await _authority.DisposeAsync();
        _key.Dispose();
        _otherKey.Dispose();
    }

    [Test]
    public async Task A_token_of_the_authority_passes()
    {
        Assert.That((await PostAsync(Make(Sign(_key)))).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task The_public_key_is_no_HS256_secret()
    {
        byte[][] secrets =
        [
            Encoding.ASCII.GetBytes(_key.ExportSubjectPublicKeyInfoPem()),
            Encoding.ASCII.GetBytes(_key.ExportSubjectPublicKeyInfoPem() + "\n"),
            Encoding.ASCII.GetBytes(_key.ExportRSAPublicKeyPem()),
            _key.ExportSubjectPublicKeyInfo(),
            _key.ExportRSAPublicKey(),
            _key.ExportParameters(false).Modulus!,
        ];
        foreach (var secret in secrets)
        {
            var credentials = new SigningCredentials(new SymmetricSecurityKey(secret) { KeyId = KeyId }, SecurityAlgorithms.HmacSha256);
            RoutesTests.AssertProblem(await PostAsync(Make(credentials)), 401, "invalid_token");
        }
    }

    [Test]
    public async Task Another_key_under_the_known_id_is_refused()
    {
        RoutesTests.AssertProblem(await PostAsync(Make(Sign(_otherKey))), 401, "invalid_token");
    }

    [TestCaseSource(nameof(Changes))]
    public async Task A_token_that_is_not_quite_right_is_refused(string what, Action<SecurityTokenDescriptor> change)
    {
        RoutesTests.AssertProblem(await PostAsync(Make(Sign(_key), change)), 401, "invalid_token");
    }

    [Test]
    public async Task Clocks_may_differ_by_thirty_seconds()
    {
        Assert.That((await PostAsync(Make(Sign(_key), token => token.Expires = DateTime.UtcNow.AddSeconds(-20)))).Status, Is.EqualTo(200));
        Assert.That((await PostAsync(Make(Sign(_key), token => token.NotBefore = DateTime.UtcNow.AddSeconds(20)))).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task None_is_no_algorithm()
    {
        var payload = $$"""{"sub":"{{_tenant.Subject}}","iss":"{{Issuer}}","aud":"hera","exp":{{DateTimeOffset.UtcNow.AddMinutes(5).ToUnixTimeSeconds()}}}""";

        RoutesTests.AssertProblem(await PostAsync(Tokens.Raw("""{"alg":"none"}""", payload)), 401, "invalid_token");
        RoutesTests.AssertProblem(await PostAsync(Tokens.Raw($$"""{"alg":"none","kid":"{{KeyId}}"}""", payload)), 401, "invalid_token");
    }

    private static IEnumerable<TestCaseData> Changes()
    {
        yield return Case("wrong audience", token => token.Audience = "another");
        yield return Case("no audience", token => token.Audience = null);
        yield return Case("wrong issuer", token => token.Issuer = "https://login.example.com");
        yield return Case("no issuer", token => token.Issuer = null);
        yield return Case("never expires", token => token.Expires = null);
        yield return Case("not yet valid", token => token.NotBefore = DateTime.UtcNow.AddSeconds(45));
        yield return Case("expired", token =>
        {
            token.NotBefore = DateTime.UtcNow.AddMinutes(-5);
            token.Expires = DateTime.UtcNow.AddSeconds(-40);
        });

        static TestCaseData Case(string what, Action<SecurityTokenDescriptor> change) => new TestCaseData(what, change).SetArgDisplayNames(what);
    }

    private static SigningCredentials Sign(RSA key) => new(new RsaSecurityKey(key) { KeyId = KeyId }, SecurityAlgorithms.RsaSha256);

    private string Make(SigningCredentials credentials, Action<SecurityTokenDescriptor>? change = null) => Tokens.For(_tenant.Subject, token =>
    {
        token.Issuer = Issuer;
        token.Audience = "hera";
        token.SigningCredentials = credentials;
        change?.Invoke(token);
    });

    private async Task<Answer> PostAsync(string token)
    {
        var before = await _tenant.EventsAsync(_database);
        var answer = await _host.PostAsync("/api/v2/integrations/events", token, """{"event_source": "a", "event_type": "b"}""", _tenant.Header);
        Assert.That(await _tenant.EventsAsync(_database) - before, Is.EqualTo(answer.Status == 200 ? 1 : 0), "what is refused writes nothing");
        return answer;
    }

    private async Task<WebApplication> StartAuthorityAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapGet("/.well-known/openid-configuration", () => Results.Text(
            JsonSerializer.Serialize(new { issuer = Issuer, jwks_uri = Issuer + "/keys" }), "application/json"));
        app.MapGet("/keys", () =>
        {
            var parameters = _key.ExportParameters(false);
            var key = new { kty = "RSA", use = "sig", kid = KeyId, n = Base64UrlEncoder.Encode(parameters.Modulus), e = Base64UrlEncoder.Encode(parameters.Exponent) };
            return Results.Text(JsonSerializer.Serialize(new { keys = new[] { key } }), "application/json");
        });
        await app.StartAsync();
        return app;
    }
}
