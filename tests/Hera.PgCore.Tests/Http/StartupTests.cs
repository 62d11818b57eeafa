using Hera.PgCore.Host.Options;
using Hera.PgCore.Tests.Outbox;
using Microsoft.Extensions.Logging;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Http;

/// <summary>What the environment may say, and that a mistake in it stops the start with its name.</summary>
public sealed class StartupTests
{
    [TestCase("DATABASE_URL", "nonsense")]
    [TestCase("WORKER_DATABASE_URL", "http://example.com")]
    [TestCase("INTEGRATION_RUNTIME_ENABLED", "maybe")]
    [TestCase("OUTBOX_WORKER_ENABLED", "2")]
    [TestCase("OUTBOX_WORKER_CRON", "* * * * *")]
    [TestCase("OUTBOX_WORKER_CRON", "every minute")]
    [TestCase("HERA_URLS", "nonsense")]
    [TestCase("HERA_URLS", "ftp://127.0.0.1:21")]
    [TestCase("HERA_PUBLIC_URL", "hera.example.com")]
    [TestCase("HERA_JWT_SECRET", "too short")]
    [TestCase("HERA_JWT_AUTHORITY", "login.example.com")]
    [TestCase("HERA_ENCRYPTION_KEY", "too short")]
    [TestCase("HERA_ENCRYPTION_KEY", "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=,short")]
    [TestCase("HERA_ENCRYPTION_KEY_FILE", "/nowhere/key")]
    [TestCase("DEFAULT_ORGANIZATION_ID", "platform")]
    [TestCase("WEBHOOK_SIGNING_ENABLED", "false")]
    [TestCase("WEBHOOK_SIGNATURE_ALGORITHM", "sha1")]
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
    public void Secrets_come_from_files_too()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, TestHost.EncryptionKey + "\n");
        try
        {
            var settings = Read(new() { ["HERA_ENCRYPTION_KEY"] = "", ["HERA_ENCRYPTION_KEY_FILE"] = file });

            Assert.That(settings.Database.EncryptionKey, Is.EqualTo(TestHost.EncryptionKey));
        }
        finally
        {
            File.Delete(file);
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
