using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Hera.PgCore.Host;
using Hera.PgCore.Host.Options;
using Hera.PgCore.Host.Outbox;
using Hera.PgCore.Tests.Infrastructure;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Http;

/// <summary>The real host on a real port over a database of its own.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    public const string JwtSecret = "a-secret-of-the-tests-that-is-long-enough-for-hs256";

    public static readonly string EncryptionKey = Convert.ToBase64String(Encoding.ASCII.GetBytes("0123456789abcdef0123456789abcdef"));

    private readonly WebApplication _app;

    private TestHost(WebApplication app, LogLines log)
    {
        _app = app;
        Log = log;
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public HttpClient Client { get; }

    public LogLines Log { get; }

    public ICollection<string> Urls => _app.Urls;

    public IServiceProvider Services => _app.Services;

    public static Task<TestHost> StartAsync(
        TestDatabase database, Dictionary<string, string>? variables = null, bool isDevelopment = false, Action<IServiceCollection>? customize = null) =>
        StartAsync(database.ConnectionString, variables, isDevelopment, customize);

    /// <summary>Starts one; <paramref name="customize"/> puts in what stands in for the world around, a certificate that only the tests trust for example.</summary>
    public static async Task<TestHost> StartAsync(
        string connectionString, Dictionary<string, string>? variables = null, bool isDevelopment = false, Action<IServiceCollection>? customize = null)
    {
        var log = new LogLines();
        var settings = Settings.Read(new EnvironmentReader(Variables(connectionString, variables)), isDevelopment);
        var app = HeraHost.Build(settings, services =>
        {
            services.AddSingleton<ILoggerProvider>(log);
            customize?.Invoke(services);
        });
        await app.StartAsync();
        return new TestHost(app, log);
    }

    public static Dictionary<string, string> Variables(string connectionString, Dictionary<string, string>? variables = null)
    {
        var all = new Dictionary<string, string>
        {
            ["DATABASE_URL"] = connectionString,
            ["HERA_JWT_SECRET"] = JwtSecret,
            ["HERA_ENCRYPTION_KEY"] = EncryptionKey,
            ["HERA_URLS"] = "http://127.0.0.1:0",
            ["WEBHOOK_ALLOW_HTTP"] = "true",
            ["WEBHOOK_ALLOWED_NETWORKS"] = "127.0.0.0/8",
            ["OUTBOX_WORKER_CRON"] = "* * * * * *",
            ["RATE_LIMIT_ENABLED"] = "false",
        };
        foreach (var (name, value) in variables ?? [])
            all[name] = value;
        if (all.ContainsKey("HERA_JWT_AUTHORITY"))
            all.Remove("HERA_JWT_SECRET");
        return all;
    }

    /// <summary>Until its poller, having nothing to do, looks by itself so seldom that what it sends within two seconds was announced to it.</summary>
    public async Task UntilAtRestAsync()
    {
        var pipeline = Services.GetRequiredService<OutboxPipeline>();
        var pause = await Eventually.Async(() => Task.FromResult(pipeline.Pause), pause => pause > TimeSpan.FromSeconds(2), seconds: 20);
        Assert.That(pause, Is.GreaterThan(TimeSpan.FromSeconds(2)));
    }

    public async Task<Answer> SendAsync(
        HttpMethod method, string path, string? token, string? body = null, string contentType = "application/json", params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (token is not null)
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        if (body is not null)
            request.Content = new StringContent(body, new MediaTypeHeaderValue(contentType));
        using var response = await Client.SendAsync(request);
        return new Answer(response, await response.Content.ReadAsStringAsync());
    }

    public Task<Answer> PostAsync(string path, string? token, string body, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, path, token, body, headers: headers);

    public Task<Answer> GetAsync(string path, string? token = null, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Get, path, token, headers: headers);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        foreach (var line in Log.Lines.Where(line => line.StartsWith("Error", StringComparison.Ordinal)))
            await TestContext.Progress.WriteLineAsync(line);
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}

/// <summary>An answer with its body read.</summary>
internal sealed class Answer
{
    public Answer(HttpResponseMessage response, string text)
    {
        Status = (int)response.StatusCode;
        ContentType = response.Content.Headers.ContentType?.MediaType;
        Headers = response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(",", header.Value), StringComparer.OrdinalIgnoreCase);
        Text = text;
    }

    public int Status { get; }

    public string? ContentType { get; }

    public Dictionary<string, string> Headers { get; }

    public string Text { get; }

    public JsonNode Json => JsonNode.Parse(Text)!;

    public JsonNode Data => Json["data"]!;

    public string? Error => Json["error"]?.GetValue<string>();

    public override string ToString() => $"{Status} {Text}";
}

/// <summary>Keeps what the host logs, scopes and exceptions included.</summary>
internal sealed class LogLines : ILoggerProvider, ISupportExternalScope
{
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    public ConcurrentQueue<string> Lines { get; } = [];

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose()
    {
    }

    private sealed class Logger(LogLines log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => log._scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var scopes = new StringBuilder();
            log._scopes.ForEachScope((scope, text) => text.Append(' ').AppendJoin(' ', scope as IEnumerable<KeyValuePair<string, object>> ?? []), scopes);
            log.Lines.Enqueue($"{logLevel} {category} {formatter(state, exception)} {exception}{scopes}");
        }
    }
}
