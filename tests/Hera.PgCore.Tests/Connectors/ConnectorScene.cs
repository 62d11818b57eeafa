using System.Text.Json;
using System.Text.Json.Nodes;
using Hera.PgCore.Tests.Http;
using Hera.PgCore.Tests.Infrastructure;
using Npgsql;

namespace Hera.PgCore.Tests.Connectors;

/// <summary>
/// A host whose definitions point to the fake provider, and a tenant. Its worker does not poll: what is due is done when a test asks for it,
/// so nothing waits for the clock.
/// </summary>
internal sealed class ConnectorScene : IAsyncDisposable
{
    private static readonly Dictionary<string, string> Codes = new()
    {
        ["hubspot"] = "hubspot-crm",
        ["linkedin"] = "linkedin-api",
        ["meta"] = "meta-graph-api",
        ["whatsapp"] = "whatsapp-business-cloud",
    };

    // The answers of the callback are looked at, not followed.
    private readonly HttpClient _browser = new(new HttpClientHandler { AllowAutoRedirect = false });

    private ConnectorScene(TestDatabase database, FakeProvider provider, TestHost host, Tenant tenant)
    {
        Database = database;
        Provider = provider;
        Host = host;
        Tenant = tenant;
    }

    public TestDatabase Database { get; }

    public FakeProvider Provider { get; }

    public TestHost Host { get; }

    public Tenant Tenant { get; }

    public static async Task<ConnectorScene> CreateAsync(bool runsWorker = false)
    {
        var provider = await FakeProvider.StartAsync();
        var database = await TestDatabase.CreateAsync();
        var host = await TestHost.StartAsync(database, new()
        {
            ["OUTBOX_WORKER_ENABLED"] = runsWorker ? "true" : "false",
            ["HERA_PUBLIC_URL"] = "https://hera.example.com",
        });
        // The settings are written when the host starts; this waits for them.
        await Eventually.Async(() => database.ScalarAsync<string>("select hera_internal.platform_settings() #>> '{webhook,public_url}'"), url => url is not null, 20);
        var scene = new ConnectorScene(database, provider, host, await Tenant.CreateAsync(database));
        foreach (var (name, code) in Codes)
            await scene.DefineAsync(code, new JsonObject { ["vars"] = provider.Vars(name) });
        return scene;
    }

    /// <summary>Merges a change into a definition of the platform.</summary>
    public Task DefineAsync(string code, JsonObject change) => Database.ExecuteAsync($"""
        select hera_integration_connector_v1('{Tenant.SystemActor}', '{Guid.Empty}', 'UPDATE_DEFINITION', null, '{code}', '{change.ToJsonString()}')
        """);

    public async Task<JsonNode> PostAsync(string path, object body, Tenant? tenant = null, string? token = null)
    {
        var answer = await Host.PostAsync("/api/v2" + path, token ?? (tenant ?? Tenant).Token, JsonSerializer.Serialize(body), (tenant ?? Tenant).Header);
        return answer.Status == 200 ? answer.Data : throw new InvalidOperationException($"{path}: {answer}");
    }

    public Task<JsonNode> InstallAsync(string code, object config, Tenant? tenant = null) =>
        PostAsync("/integrations/connectors", new { operation = "INSTALL", connector_code = code, installation_config = config }, tenant);

    public Task<JsonNode> InstallHubSpotAsync() => InstallAsync("hubspot-crm", new { client_id = "hubspot-app", client_secret = "hubspot-secret" });

    /// <summary>Begins an authorization and goes to the provider's page, which agrees at once; answers where it sends the browser.</summary>
    public async Task<Uri> AgreeAsync(string code, object? oauth = null)
    {
        var begun = await PostAsync("/integrations/oauth", new { operation = "CONNECT", connector_code = code, oauth = oauth ?? new { } });
        using var page = await _browser.GetAsync(new Uri(begun["authorize_url"]!.GetValue<string>()));
        return page.Headers.Location ?? throw new InvalidOperationException(await page.Content.ReadAsStringAsync());
    }

    /// <summary>Comes back from the provider.</summary>
    public async Task<Answer> ReturnAsync(Uri callback)
    {
        using var response = await _browser.GetAsync(new Uri(new Uri(Host.Urls.First()), callback.PathAndQuery));
        return new Answer(response, await response.Content.ReadAsStringAsync());
    }

    public async Task<Answer> ConnectAsync(string code, object? oauth = null) => await ReturnAsync(await AgreeAsync(code, oauth));

    public async Task<JsonNode> InstallationAsync(string code) =>
        (await Host.GetAsync($"/api/v2/integrations/connectors/{code}", Tenant.Token, Tenant.Header)).Data["installation"]!;

    /// <summary>Status and state, as "active ok".</summary>
    public async Task<string> FareAsync(string code)
    {
        var installation = await InstallationAsync(code);
        return $"{installation["status"]} {installation["health"]!["state"]}";
    }

    /// <summary>Makes what is to come due now; a token ends where it is said to.</summary>
    public Task MakeDueAsync(string kind, bool tokenEnds = false) => Database.ExecuteAsync($"""
        {(tokenEnds ? $"update hera.core_dynamic_data set field_value_date = clock_timestamp() - interval '1 second' where field_name = 'token_expires_at';" : "")}
        update hera.connector_tasks set due_at = clock_timestamp() - interval '1 second' where kind = '{kind}'
        """);

    /// <summary>Has the host do what is due.</summary>
    public async Task WorkAsync()
    {
        var answer = await Host.PostAsync("/outbox-worker/process", Tokens.For(Tenant.SystemActor), "{}");
        if (answer.Status != 200)
            throw new InvalidOperationException(answer.ToString());
    }

    /// <summary>The secrets of the tenant in clear, by name.</summary>
    public async Task<Dictionary<string, string>> SecretsAsync()
    {
        var connection = new NpgsqlConnectionStringBuilder(Database.ConnectionString) { Options = $"-c hera.encryption_key={TestHost.EncryptionKey}" };
        await using var source = NpgsqlDataSource.Create(connection.ConnectionString);
        await using var command = source.CreateCommand($"select name, hera_internal.unseal(sealed) from hera.secrets where organization_id = '{Tenant.Organization}'");
        await using var reader = await command.ExecuteReaderAsync();
        var secrets = new Dictionary<string, string>();
        while (await reader.ReadAsync())
            secrets[reader.GetString(0)] = reader.GetString(1);
        return secrets;
    }

    public Task<int> EventsAsync(string type) => Database.ScalarAsync<int>($"""
        select count(*)::int from hera.events where organization_id = '{Tenant.Organization}' and event_source || '.' || event_type = '{type}'
        """);

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await Host.DisposeAsync();
        await Provider.DisposeAsync();
        await Database.DisposeAsync();
    }
}
