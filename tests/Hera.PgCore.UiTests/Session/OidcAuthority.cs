using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Encodings.Web;
using Hera.PgCore.Tests.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace Hera.PgCore.UiTests.Session;

/// <summary>
/// An OpenID Connect authority over TLS: discovery, keys, a page to agree on, and a token endpoint that checks client, redirect address
/// and PKCE. What it puts into its tokens a test may change.
/// </summary>
internal sealed class OidcAuthority : IAsyncDisposable
{
    public const string ClientId = "hera-pages";
    public const string ClientSecret = "a-secret-of-the-client";
    private const string KeyId = "key-1";

    private readonly RSA _key = RSA.Create(2048);
    private readonly ConcurrentDictionary<string, Authorization> _codes = [];
    private readonly X509Certificate2 _certificate = MakeCertificate();
    private WebApplication _app = null!;

    public string Url => _app.Urls.First();

    /// <summary>Who agrees next.</summary>
    public string Subject { get; set; } = "";

    /// <summary>When the tokens end.</summary>
    public DateTime Expires { get; set; }

    /// <summary>Changes the next tokens before they are signed.</summary>
    public Action<SecurityTokenDescriptor> Change { get; set; } = _ => { };

    /// <summary>Requests for a token that were refused, by cause.</summary>
    public ConcurrentQueue<string> Refusals { get; } = [];

    public static async Task<OidcAuthority> StartAsync()
    {
        var authority = new OidcAuthority();
        authority._app = await authority.ServeAsync();
        authority.Reset();
        return authority;
    }

    public void Reset()
    {
        Change = _ => { };
        Expires = DateTime.UtcNow.AddMinutes(10);
        Refusals.Clear();
    }

    /// <summary>A client that trusts this authority's certificate and no other.</summary>
    public HttpMessageHandler TrustingHandler() => new HttpClientHandler
    {
        ServerCertificateCustomValidationCallback = (_, certificate, _, _) => certificate?.Thumbprint == _certificate.Thumbprint,
    };

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _key.Dispose();
        _certificate.Dispose();
    }

    private async Task<WebApplication> ServeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(_certificate)));
        var app = builder.Build();
        app.MapGet("/.well-known/openid-configuration", () => Results.Json(new
        {
            issuer = Url,
            authorization_endpoint = Url + "/authorize",
            token_endpoint = Url + "/token",
            jwks_uri = Url + "/keys",
            response_types_supported = new[] { "code" },
            subject_types_supported = new[] { "public" },
            id_token_signing_alg_values_supported = new[] { "RS256" },
            code_challenge_methods_supported = new[] { "S256" },
        }));
        app.MapGet("/keys", () =>
        {
            var parameters = _key.ExportParameters(false);
            var key = new { kty = "RSA", use = "sig", kid = KeyId, n = Base64UrlEncoder.Encode(parameters.Modulus), e = Base64UrlEncoder.Encode(parameters.Exponent) };
            return Results.Json(new { keys = new[] { key } });
        });
        app.MapGet("/authorize", Authorize);
        app.MapPost("/token", TokenAsync);
        await app.StartAsync();
        return app;
    }

    private IResult Authorize(HttpRequest request)
    {
        string Given(string name) => request.Query[name].ToString();
        if (Given("client_id") != ClientId || Given("response_type") != "code" || !Given("scope").Split(' ').Contains("openid"))
            return Results.BadRequest("no such client, or no request for a code of OpenID Connect");
        if (Given("code_challenge_method") != "S256" || Given("code_challenge").Length == 0 || Given("nonce").Length == 0 || Given("state").Length == 0)
            return Results.BadRequest("no PKCE, nonce or state");
        var code = Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(24));
        _codes[code] = new Authorization(Subject, Given("redirect_uri"), Given("code_challenge"), Given("nonce"));
        var answer = $"{Given("redirect_uri")}?state={Uri.EscapeDataString(Given("state"))}";
        return Results.Content(
            $"""
            <!doctype html><title>Authority</title><h1>Authority</h1>
            <a href="{HtmlEncoder.Default.Encode($"{answer}&code={code}")}">Agree</a> <a href="{HtmlEncoder.Default.Encode(answer + "&error=access_denied")}">Refuse</a>
            """,
            "text/html; charset=utf-8");
    }

    private async Task<IResult> TokenAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        if (form["client_id"] != ClientId || form["client_secret"] != ClientSecret)
            return Refuse("invalid_client");
        // A code is good for one use.
        if (form["grant_type"] != "authorization_code" || !_codes.TryRemove(form["code"].ToString(), out var authorization))
            return Refuse("invalid_grant");
        if (form["redirect_uri"] != authorization.RedirectUri)
            return Refuse("redirect_uri");
        if (Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString()))) != authorization.Challenge)
            return Refuse("code_verifier");
        var token = Tokens.For(authorization.Subject, descriptor =>
        {
            descriptor.Issuer = Url;
            descriptor.Audience = ClientId;
            descriptor.Expires = Expires;
            descriptor.IssuedAt = DateTime.UtcNow;
            descriptor.Claims["nonce"] = authorization.Nonce;
            descriptor.SigningCredentials = new SigningCredentials(new RsaSecurityKey(_key) { KeyId = KeyId }, SecurityAlgorithms.RsaSha256);
            Change(descriptor);
        });
        return Results.Json(new { access_token = "not looked at", token_type = "Bearer", expires_in = 600, id_token = token });
    }

    private IResult Refuse(string cause)
    {
        Refusals.Enqueue(cause);
        return Results.Json(new { error = "invalid_grant", error_description = cause }, statusCode: 400);
    }

    private static X509Certificate2 MakeCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }

    private sealed record Authorization(string Subject, string RedirectUri, string Challenge, string Nonce);
}
