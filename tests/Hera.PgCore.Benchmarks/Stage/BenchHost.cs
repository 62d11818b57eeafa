using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using Hera.PgCore.Host;
using Hera.PgCore.Host.Options;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Npgsql;
using NpgsqlTypes;

namespace Hera.PgCore.Benchmarks.Stage;

/// <summary>The product's host in this process, with one more route that only inserts a plain row, and HTTP clients that call it.</summary>
internal sealed class BenchHost : IAsyncDisposable
{
    private const string Secret = "a secret of the benchmark, long enough for HS256";
    private const string PlainPath = "/bench/plain";
    private const string EventsPath = "/api/v2/integrations/events";

    private readonly WebApplication _app;
    private readonly HttpClient _client;

    private readonly int _webhooks;

    private BenchHost(WebApplication app, HttpClient client, int webhooks)
    {
        _app = app;
        _client = client;
        _webhooks = webhooks;
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => _client.BaseAddress!;

    public static async Task<BenchHost> StartAsync(BenchDatabase database, Tenant tenant, bool worker)
    {
        var app = await StartAppAsync(database, worker);
        var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token(tenant.Subject));
        client.DefaultRequestHeaders.Add("X-Organization-Id", tenant.Id.ToString());
        return new BenchHost(app, client, tenant.Webhooks);
    }

    /// <summary>A host whose clients come with a token of their own.</summary>
    public static async Task<BenchHost> StartAsync(BenchDatabase database)
    {
        var app = await StartAppAsync(database, worker: false);
        return new BenchHost(app, new HttpClient { BaseAddress = new Uri(app.Urls.First()) }, 0);
    }

    /// <summary>Posts one event and throws where it is not accepted.</summary>
    public Task PostEventAsync(long number) => PostAsync(EventsPath, $$"""
        {"event_source":"bench","event_type":"order0","idempotency_key":"h{{number}}","event_data":{{Tenant.EventData(number)}}}
        """);

    /// <summary>Posts an event that tells when it was sent, to one webhook after the other.</summary>
    public Task PostTimedEventAsync(long number) => PostAsync(EventsPath, $$$"""
        {"event_source":"bench","event_type":"order{{{number % _webhooks}}}","idempotency_key":"t{{{number}}}",
        "event_data":{"sent":{{{Stopwatch.GetTimestamp()}}},"order":{{{Tenant.EventData(number)}}}}}
        """);

    /// <summary>Posts the same data to the route that inserts one plain row.</summary>
    public Task PostPlainAsync(long number) => PostAsync(PlainPath, Tenant.EventData(number));

    /// <summary>Brings connections and code to the state of a host that has been up for a while.</summary>
    public Task WarmUpAsync() => RateAsync(PostEventAsync, 32, TimeSpan.FromSeconds(3));

    /// <summary>Requests a second of clients that each send one after the other.</summary>
    public static async Task<double> RateAsync(Func<long, Task> postAsync, int clients, TimeSpan time)
    {
        var number = Random.Shared.NextInt64(1L << 40);
        var done = 0L;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(async () =>
        {
            for (; watch.Elapsed < time; Interlocked.Increment(ref done))
                await postAsync(Interlocked.Increment(ref number));
        })));
        return done / watch.Elapsed.TotalSeconds;
    }

    /// <summary>A token that the host takes.</summary>
    public static string Token(string subject) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Expires = DateTime.UtcNow.AddDays(1),
        Claims = new Dictionary<string, object> { ["sub"] = subject },
        SigningCredentials = new SigningCredentials(new SymmetricSecurityKey(Encoding.UTF8.GetBytes(Secret)), SecurityAlgorithms.HmacSha256),
    });

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static async Task<WebApplication> StartAppAsync(BenchDatabase database, bool worker)
    {
        var settings = Settings.Read(
            new EnvironmentReader(new Dictionary<string, string>
            {
                ["DATABASE_URL"] = database.ConnectionString,
                ["HERA_ENCRYPTION_KEY"] = BenchDatabase.EncryptionKey,
                ["HERA_JWT_SECRET"] = Secret,
                ["HERA_URLS"] = "http://127.0.0.1:0",
                ["OUTBOX_WORKER_ENABLED"] = worker ? "true" : "false",
                ["SKIP_RATE_LIMITING"] = "true",
                ["WEBHOOK_ALLOW_HTTP"] = "true",
                ["WEBHOOK_ALLOWED_NETWORKS"] = "127.0.0.0/8",
                ["LOG_LEVEL"] = "error",
            }),
            isDevelopment: false);
        var app = HeraHost.Build(settings);
        app.MapPost(PlainPath, (HttpContext http) => InsertPlainAsync(http, database.Api));
        await app.StartAsync();
        return app;
    }

    private async Task PostAsync(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await _client.PostAsync(new Uri(path, UriKind.Relative), content);
        if (!response.IsSuccessStatusCode)
            throw new InvalidOperationException($"{path} answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
    }

    private static async Task InsertPlainAsync(HttpContext http, NpgsqlDataSource source)
    {
        using var reader = new StreamReader(http.Request.Body);
        await using var command = source.CreateCommand("insert into public.bench_plain values ($1, $2)");
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Uuid, Value = Guid.NewGuid() });
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Jsonb, Value = await reader.ReadToEndAsync() });
        await command.ExecuteNonQueryAsync();
    }
}
