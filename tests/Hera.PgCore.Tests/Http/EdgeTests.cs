using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Hera.PgCore.Tests.Infrastructure;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Http;

/// <summary>What surrounds every answer: headers of protection, origins, compression, TLS.</summary>
public sealed class EdgeTests
{
    private const string App = "https://app.example.com";
    private const string Events = "/api/v2/integrations/events";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hera-tls-");
    private TestDatabase _database = null!;
    private TestHost _host = null!;
    private Tenant _tenant = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _database = await TestDatabase.CreateAsync();
        var (certificate, key) = Certificate();
        _host = await TestHost.StartAsync(_database, new()
        {
            ["OUTBOX_WORKER_ENABLED"] = "false",
            ["CORS_ALLOWED_ORIGINS"] = $"{App}, http://localhost:5173",
            ["HERA_URLS"] = "http://127.0.0.1:0;https://127.0.0.1:0",
            ["HERA_TLS_CERTIFICATE"] = certificate,
            ["HERA_TLS_CERTIFICATE_KEY"] = key,
        });
        _tenant = await Tenant.CreateAsync(_database);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _host.DisposeAsync();
        await _database.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [TestCase("GET", "/livez", 200)]
    [TestCase("GET", "/api/v2/health", 200)]
    [TestCase("GET", Events, 200)]
    [TestCase("POST", Events, 415)]
    [TestCase("DELETE", Events, 405)]
    [TestCase("GET", "/nothing", 404)]
    public async Task Every_answer_is_protected(string method, string path, int status)
    {
        var answer = await _host.SendAsync(new HttpMethod(method), path, _tenant.Token, method == "POST" ? "x" : null, "text/plain");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Status, Is.EqualTo(status), answer.Text);
            Assert.That(answer.Headers["X-Content-Type-Options"], Is.EqualTo("nosniff"));
            Assert.That(answer.Headers["Content-Security-Policy"], Does.Contain("frame-ancestors 'none'").And.Contain("default-src 'none'"));
            Assert.That(answer.Headers["Referrer-Policy"], Is.EqualTo("no-referrer"));
            Assert.That(answer.Headers["Cache-Control"], Is.EqualTo("no-store"));
            Assert.That(answer.Headers, Does.Not.ContainKey("Strict-Transport-Security"), "browsers ignore it over http");
            Assert.That(answer.Headers, Does.Not.ContainKey("Server"));
        }
    }

    [Test]
    public async Task A_refused_method_is_told_which_are_not()
    {
        var answer = await _host.SendAsync(HttpMethod.Delete, Events, _tenant.Token);

        RoutesTests.AssertProblem(answer, 405, "method_not_allowed");
        Assert.That(answer.Headers["Allow"].Split(',', StringSplitOptions.TrimEntries), Is.SupersetOf(new[] { "GET", "POST" }));
    }

    [Test]
    public async Task A_page_of_an_allowed_origin_may_ask_and_read()
    {
        var preflight = await _host.SendAsync(
            HttpMethod.Options, Events, null, null, "", ("Origin", App), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "authorization,x-organization-id"));
        var refused = await _host.PostAsync(Events, null, "{}", ("Origin", App));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(preflight.Status, Is.EqualTo(204));
            Assert.That(preflight.Headers["Access-Control-Allow-Origin"], Is.EqualTo(App));
            Assert.That(preflight.Headers["Access-Control-Allow-Headers"], Does.Contain("x-organization-id"));
            Assert.That(refused.Status, Is.EqualTo(401));
            Assert.That(refused.Headers["Access-Control-Allow-Origin"], Is.EqualTo(App), "a page may read why it was refused");
            Assert.That(refused.Headers["Access-Control-Expose-Headers"], Does.Contain("Retry-After"));
            Assert.That(refused.Headers, Does.Not.ContainKey("Access-Control-Allow-Credentials"));
        }
    }

    [TestCase("https://evil.example.com")]
    [TestCase("https://app.example.com.evil.example")]
    [TestCase("http://app.example.com")]
    [TestCase("null")]
    public async Task Other_origins_get_no_permission(string origin)
    {
        var preflight = await _host.SendAsync(HttpMethod.Options, Events, null, null, "", ("Origin", origin), ("Access-Control-Request-Method", "POST"));
        var answer = await _host.GetAsync(Events, _tenant.Token, ("Origin", origin));

        Assert.That(preflight.Headers.Keys.Concat(answer.Headers.Keys), Has.None.StartsWith("Access-Control-Allow"));
    }

    [Test]
    public async Task Without_a_list_there_are_no_origins()
    {
        await using var host = await TestHost.StartAsync(_database, new() { ["OUTBOX_WORKER_ENABLED"] = "false" });
        var answer = await host.GetAsync("/livez", null, ("Origin", App));

        Assert.That(answer.Headers.Keys, Has.None.StartsWith("Access-Control"));
    }

    [TestCase("br")]
    [TestCase("gzip")]
    public async Task What_is_read_is_compressed_where_the_caller_can(string encoding)
    {
        await _host.PostAsync(Events, _tenant.Token, $$"""{"event_source": "shop", "event_type": "big", "event_data": {"text": "{{new string('x', 5000)}}"} }""", _tenant.Header);
        using var request = new HttpRequestMessage(HttpMethod.Get, Events);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _tenant.Token);
        request.Headers.AcceptEncoding.ParseAdd(encoding);
        using var response = await _host.Client.SendAsync(request);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        using var plain = new StreamReader(encoding == "br" ? new BrotliStream(new MemoryStream(bytes), CompressionMode.Decompress) : new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress));

        Assert.That(response.Content.Headers.ContentEncoding, Is.EqualTo(new[] { encoding }));
        Assert.That(await plain.ReadToEndAsync(), Does.StartWith("{\"rid\":").And.EndWith("}"));
    }

    [Test]
    public async Task What_may_show_a_secret_is_not()
    {
        var answer = await _host.PostAsync(
            "/api/v2/integrations/webhooks", _tenant.Token, """{"operation": "CREATE", "webhook_config": {"url": "http://127.0.0.1/", "description": "guess"} }""", ("Accept-Encoding", "gzip, br"));

        Assert.That(answer.Status, Is.EqualTo(200), answer.Text);
        Assert.That(answer.Headers, Does.Not.ContainKey("Content-Encoding"));
    }

    [Test]
    public async Task Over_TLS_the_server_speaks_HTTP_2_and_asks_to_stay_there()
    {
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate!.Subject == "CN=hera.test";
        using var client = new HttpClient(handler) { DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using var response = await client.GetAsync(new Uri(_host.Urls.Single(url => url.StartsWith("https", StringComparison.Ordinal)) + "/livez"));

        Assert.That(response.Version, Is.EqualTo(HttpVersion.Version20));
        Assert.That(response.Headers.GetValues("Strict-Transport-Security"), Is.Not.Empty);
    }

    [TestCase("127.0.0.0/8", true)]
    [TestCase("10.0.0.0/8", false)]
    public async Task A_trusted_proxy_tells_the_scheme(string trusted, bool believed)
    {
        await using var host = await TestHost.StartAsync(_database, new() { ["OUTBOX_WORKER_ENABLED"] = "false", ["HERA_TRUSTED_PROXIES"] = trusted });
        var answer = await host.GetAsync("/livez", null, ("X-Forwarded-Proto", "https"), ("X-Forwarded-For", "198.51.100.7"));

        Assert.That(answer.Headers.ContainsKey("Strict-Transport-Security"), Is.EqualTo(believed));
    }

    private (string Certificate, string Key) Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=hera.test", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var paths = (Path.Combine(_folder.FullName, "tls.pem"), Path.Combine(_folder.FullName, "tls.key"));
        File.WriteAllText(paths.Item1, certificate.ExportCertificatePem());
        File.WriteAllText(paths.Item2, key.ExportPkcs8PrivateKeyPem());
        return paths;
    }
}
