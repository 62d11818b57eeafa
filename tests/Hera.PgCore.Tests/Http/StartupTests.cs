using System.Text.RegularExpressions;
using Hera.PgCore.Host.Options;
using Hera.PgCore.Tests.Infrastructure;
using Hera.PgCore.Tests.Outbox;
using Microsoft.Extensions.Logging;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Http;

/// <summary>What the environment may say, and that a mistake in it stops the start with its name.</summary>
public sealed class StartupTests
{
    private static readonly Dictionary<string, string> Authority = new()
    {
        ["HERA_JWT_AUTHORITY"] = "https://login.example.com",
        ["HERA_JWT_ISSUER"] = "https://login.example.com",
        ["HERA_JWT_AUDIENCE"] = "hera",
        ["HERA_OIDC_CLIENT_ID"] = "hera-pages",
    };

    [TestCase("DATABASE_URL", "nonsense")]
    [TestCase("WORKER_DATABASE_URL", "http://example.com")]
    [TestCase("INTEGRATION_RUNTIME_ENABLED", "maybe")]
    [TestCase("OUTBOX_WORKER_ENABLED", "2")]
    [TestCase("OUTBOX_WORKER_CRON", "* * * * *")]
    [TestCase("OUTBOX_WORKER_CRON", "every minute")]
    [TestCase("HERA_URLS", "nonsense")]
    [TestCase("HERA_URLS", "ftp://127.0.0.1:21")]
    [TestCase("HERA_PUBLIC_URL", "hera.example.com")]
    [TestCase("HERA_PUBLIC_URL", "https://hera.example.com/api")]
    [TestCase("HERA_PUBLIC_URL", "https://me:secret-canary@hera.example.com")]
    [TestCase("HERA_JWT_SECRET", "too short")]
    [TestCase("HERA_JWT_AUTHORITY", "login.example.com")]
    [TestCase("HERA_JWT_AUTHORITY", "ftp://login.example.com")]
    [TestCase("HERA_JWT_AUTHORITY", "http://login.example.com")]
    [TestCase("HERA_OIDC_CLIENT_ID", "hera-pages")]
    [TestCase("HERA_OIDC_CLIENT_SECRET", "secret-canary")]
    [TestCase("HERA_OIDC_CLIENT_SECRET_FILE", "/nowhere/secret")]
    [TestCase("HERA_OIDC_CLIENT_SECRET_FILE", "/dev/null")]
    [TestCase("HERA_ENCRYPTION_KEY", "too short")]
    [TestCase("HERA_ENCRYPTION_KEY", "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=,short")]
    [TestCase("DATABASE_URL_FILE", "/nowhere/url")]
    [TestCase("WORKER_DATABASE_URL_FILE", "/nowhere/url")]
    [TestCase("HERA_JWT_SECRET_FILE", "/nowhere/secret")]
    [TestCase("HERA_ENCRYPTION_KEY_FILE", "/nowhere/key")]
    [TestCase("HERA_ENCRYPTION_KEY_FILE", "/")]
    [TestCase("HERA_JWT_AUTHORITY_FILE", "/etc/hostname")]
    [TestCase("DEFAULT_ORGANIZATION_ID", "platform")]
    [TestCase("WEBHOOK_SIGNING_ENABLED", "false")]
    [TestCase("WEBHOOK_SIGNING_ENABLED", "off and on")]
    [TestCase("WEBHOOK_SIGNATURE_REQUIRED", "false")]
    [TestCase("WEBHOOK_SIGNATURE_REQUIRED", "never")]
    [TestCase("WEBHOOK_SIGNATURE_ALGORITHM", "sha1")]
    [TestCase("WEBHOOK_SIGNATURE_ALGORITHM", "sha512")]
    [TestCase("WEBHOOK_ALLOW_HTTP", "perhaps")]
    [TestCase("WEBHOOK_ALLOWED_NETWORKS", "10.0.0.0/33")]
    [TestCase("LOG_LEVEL", "loud")]
    [TestCase("ENABLE_DEBUG_LOGGING", "very")]
    [TestCase("MONITORING_ENABLED", "sometimes")]
    [TestCase("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4317")]
    [TestCase("HERA_METRICS_URL", "9464")]
    [TestCase("HERA_METRICS_URL", "http://127.0.0.1:0")]
    [TestCase("HERA_METRICS_URL", "http://127.0.0.1:9464/metrics")]
    [TestCase("SENTRY_DSN", "https://sentry.example.com/secret-canary")]
    [TestCase("RATE_LIMIT_ENABLED", "often")]
    [TestCase("RATE_LIMIT_MAX_REQUESTS_PER_MINUTE", "0")]
    [TestCase("RATE_LIMIT_MAX_REQUESTS_PER_MINUTE", "many")]
    [TestCase("SKIP_RATE_LIMITING", "maybe")]
    [TestCase("REDIS_URL", "127.0.0.1:6379")]
    [TestCase("REDIS_URL", "http://127.0.0.1:6379")]
    [TestCase("REDIS_URL", "redis://:secret-canary@redis/first")]
    [TestCase("REDIS_URL_FILE", "/nowhere/redis")]
    [TestCase("CORS_ALLOWED_ORIGINS", "*")]
    [TestCase("CORS_ALLOWED_ORIGINS", "https://app.example.com/")]
    [TestCase("CORS_ALLOWED_ORIGINS", "https://app.example.com,app.example.com")]
    [TestCase("HERA_TRUSTED_PROXIES", "proxy.example.com")]
    [TestCase("HERA_TLS_CERTIFICATE", "/nowhere/tls.pem")]
    [TestCase("HERA_TLS_CERTIFICATE_KEY", "/nowhere/tls.key")]
    [TestCase("HERA_URLS", "https://0.0.0.0:8443")]
    [TestCase("HERA_JWT_SECRT", "x")]
    [TestCase("HERA_UNKNOWN", "x")]
    public void A_bad_value_or_an_unknown_name_stops_the_start_and_is_named(string name, string value)
    {
        var thrown = Assert.Throws<StartupException>(() => Read(new() { [name] = value }));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(thrown!.Message, Does.Contain(name));
            Assert.That(thrown.Message, Does.Not.Contain("secret-canary"));
        }
    }

    [Test]
    public void All_mistakes_are_named_at_once()
    {
        var thrown = Assert.Throws<StartupException>(() => Read(new() { ["LOG_LEVEL"] = "loud", ["OUTBOX_WORKER_CRON"] = "never", ["HERA_URL"] = "x" }));

        Assert.That(thrown!.Message, Does.Contain("LOG_LEVEL").And.Contain("OUTBOX_WORKER_CRON").And.Contain("HERA_URLS"), "and the known name next to an unknown one");
    }

    [Test]
    public void Issuer_and_audience_are_required_with_an_authority()
    {
        var thrown = Assert.Throws<StartupException>(() => Read(new() { ["HERA_JWT_AUTHORITY"] = "https://login.example.com" }));

        Assert.That(thrown!.Message, Does.Contain("HERA_JWT_ISSUER").And.Contain("HERA_JWT_AUDIENCE"));
    }

    [Test]
    public void A_client_at_the_authority_needs_the_authority_and_a_secret()
    {
        var thrown = Assert.Throws<StartupException>(() => Read(new() { ["HERA_OIDC_CLIENT_ID"] = "hera-pages" }));

        Assert.That(thrown!.Message, Does.Contain("HERA_JWT_AUTHORITY").And.Contain("HERA_OIDC_CLIENT_SECRET"));
    }

    [TestCase("DATABASE_URL", "Host=db2;Username=x", ExpectedResult = "db2")]
    [TestCase("WORKER_DATABASE_URL", "postgresql://w@db3/hera", ExpectedResult = "db3")]
    [TestCase("HERA_JWT_SECRET", "another-secret-of-the-tests-that-is-long-enough", ExpectedResult = "another-secret-of-the-tests-that-is-long-enough")]
    [TestCase("HERA_OIDC_CLIENT_SECRET", "the secret of the client", ExpectedResult = "the secret of the client")]
    [TestCase("HERA_ENCRYPTION_KEY", "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=", ExpectedResult = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=")]
    public string? Secrets_come_from_files_too(string name, string value)
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, value + "\n");
        try
        {
            var variables = new Dictionary<string, string> { [name] = "", [name + "_FILE"] = file };
            if (name == "HERA_OIDC_CLIENT_SECRET")
            {
                foreach (var (other, its) in Authority)
                    variables[other] = its;
            }

            var settings = Read(variables);
            return name switch
            {
                "DATABASE_URL" => settings.Database.Api.Host,
                "WORKER_DATABASE_URL" => settings.Database.Worker.Host,
                "HERA_JWT_SECRET" => settings.Tokens.Secret,
                "HERA_OIDC_CLIENT_SECRET" => settings.SignIn?.ClientSecret,
                _ => settings.Database.EncryptionKey,
            };
        }
        finally
        {
            File.Delete(file);
        }
    }

    [TestCase(null, null, null, false, ExpectedResult = 100)]
    [TestCase(null, null, null, true, ExpectedResult = null)]
    [TestCase("true", "7", null, true, ExpectedResult = 7)]
    [TestCase("false", "7", null, false, ExpectedResult = null)]
    [TestCase("true", "7", "true", false, ExpectedResult = null)]
    public int? Rates_are_limited_in_production_unless_said_otherwise(string? enabled, string? limit, string? skip, bool isDevelopment)
    {
        var variables = TestHost.Variables("Host=db", new()
        {
            ["RATE_LIMIT_ENABLED"] = enabled ?? "",
            ["RATE_LIMIT_MAX_REQUESTS_PER_MINUTE"] = limit ?? "",
            ["SKIP_RATE_LIMITING"] = skip ?? "",
        });
        return Settings.Read(new EnvironmentReader(variables), isDevelopment).Edge.RequestsPerMinute;
    }

    [TestCase("redis://redis.example.com", "redis.example.com:6379", null, null, 0, false)]
    [TestCase("rediss://hera:p%40ss@redis.example.com:6380/3", "redis.example.com:6380", "hera", "p@ss", 3, true)]
    [TestCase("redis://:secret@127.0.0.1/0", "127.0.0.1:6379", null, "secret", 0, false)]
    public void Redis_addresses(string url, string endPoint, string? user, string? password, int database, bool tls)
    {
        var redis = Read(new() { ["REDIS_URL"] = url }).Edge.Redis!;

        Assert.That(
            (redis.EndPoints.Single().ToString()!.Replace("Unspecified/", "", StringComparison.Ordinal), redis.User, redis.Password, redis.DefaultDatabase, redis.Ssl),
            Is.EqualTo((endPoint, user, password, (int?)database, tls)));
    }

    [TestCase("DATABASE_URL")]
    [TestCase("HERA_JWT_SECRET")]
    [TestCase("HERA_ENCRYPTION_KEY")]
    public void A_secret_and_its_file_together_are_refused(string name)
    {
        var thrown = Assert.Throws<StartupException>(() => Read(new() { [name + "_FILE"] = "/nowhere" }));

        Assert.That(thrown!.Message, Does.Contain($"{name} and {name}_FILE"));
    }

    [Test]
    public void An_empty_file_is_not_a_secret()
    {
        var thrown = Assert.Throws<StartupException>(() => Read(new() { ["HERA_JWT_SECRET"] = "", ["HERA_JWT_SECRET_FILE"] = "/dev/null" }));

        Assert.That(thrown!.Message, Does.Contain("HERA_JWT_SECRET"));
    }

    [Test]
    public void A_database_whose_file_cannot_be_read_is_no_reason_to_start_a_development_server()
    {
        var environment = new EnvironmentReader(new Dictionary<string, string> { ["DATABASE_URL_FILE"] = "/nowhere/url" });

        Assert.That(Settings.IsDevelopmentIn(environment), Is.False);
    }

    [Test]
    public void Every_variable_of_the_readme_is_read()
    {
        var table = File.ReadAllLines(Repository.File("README.md"))
            .SkipWhile(line => line != "## Configuration").TakeWhile(line => line != "## Where things are")
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('|')[1]);
        var names = table.SelectMany(cell => Regex.Matches(cell, "`([A-Z_]+)`").Select(match => match.Groups[1].Value)).ToHashSet();
        var sources = string.Concat(Directory.EnumerateFiles(Repository.File("src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal)).Select(File.ReadAllText));
        var read = Regex.Matches(sources, "\"((?:HERA|WEBHOOK|OUTBOX|RATE_LIMIT|CORS)_[A-Z_]+)\"").Select(match => match.Groups[1].Value)
            .Where(name => !name.EndsWith("_FILE", StringComparison.Ordinal) && name is not ("HERA_TEST_DATABASE_URL" or "HERA_UPDATE_GOLDEN" or "OUTBOX_STATS" or "OUTBOX_PROCESS"));

        Assert.That(names, Has.Count.GreaterThan(20));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(names.Where(name => !sources.Contains($"\"{name}\"", StringComparison.Ordinal)), Is.Empty, "in the table, but nobody reads them");
            Assert.That(read.Except(names), Is.Empty, "read, but not in the table");
        }
    }

    [TestCase("info", null, LogLevel.Information)]
    [TestCase("warning", null, LogLevel.Warning)]
    [TestCase(null, "true", LogLevel.Debug)]
    [TestCase("trace", "true", LogLevel.Trace)]
    public void Log_levels(string? level, string? debug, LogLevel expected)
    {
        Assert.That(Read(new() { ["LOG_LEVEL"] = level ?? "", ["ENABLE_DEBUG_LOGGING"] = debug ?? "" }).Logging.Level, Is.EqualTo(expected));
    }

    [Test]
    public void Variables_of_the_former_platform_are_answered_with_what_replaced_them()
    {
        var settings = Read(new() { ["SUPABASE_SERVICE_ROLE_KEY"] = "secret-canary" });

        Assert.That(settings.Hints, Has.Count.EqualTo(1));
        Assert.That(settings.Hints[0], Does.Contain("SUPABASE_SERVICE_ROLE_KEY").And.Contain("DATABASE_URL").And.Not.Contain("canary"));
    }

    [TestCase(null, null, false, ExpectedResult = true)]
    [TestCase(null, null, true, ExpectedResult = false)]
    [TestCase("NODE_ENV", "development", true, ExpectedResult = true)]
    [TestCase("NODE_ENV", "production", false, ExpectedResult = false)]
    [TestCase("ASPNETCORE_ENVIRONMENT", "Development", true, ExpectedResult = true)]
    [TestCase("DOTNET_ENVIRONMENT", "Staging", true, ExpectedResult = false)]
    public bool Development_is_what_is_said_or_where_no_database_is_named(string? name, string? value, bool hasDatabase)
    {
        var variables = new Dictionary<string, string>();
        if (name is not null)
            variables[name] = value!;
        if (hasDatabase)
            variables["DATABASE_URL"] = "Host=db";
        return Settings.IsDevelopmentIn(new EnvironmentReader(variables));
    }

    [Test]
    public async Task The_program_ends_with_1_and_the_sentence_on_stderr()
    {
        await using var process = HostProcess.Start("Host=127.0.0.1;Port=1;Username=x", new() { ["OUTBOX_WORKER_CRON"] = "never" });
        await process.WaitForExitAsync();

        Assert.That(process.ExitCode, Is.EqualTo(1));
        Assert.That(process.Output, Does.Contain("OUTBOX_WORKER_CRON").And.Not.Contain("   at "));
    }

    private static Settings Read(Dictionary<string, string> variables) =>
        Settings.Read(new EnvironmentReader(TestHost.Variables("Host=db;Username=x;Password=secret-canary", variables)), isDevelopment: false);
}
