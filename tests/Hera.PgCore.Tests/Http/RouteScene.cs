using System.Text.Json;
using System.Text.Json.Nodes;
using Hera.PgCore.Host.Endpoints;
using Hera.PgCore.Tests.Infrastructure;
using Hera.PgCore.Tests.Outbox;

namespace Hera.PgCore.Tests.Http;

/// <summary>A host whose tenant has at least two of everything that the API lists.</summary>
internal sealed class RouteScene : IAsyncDisposable
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
    private const string Gone = "HTTP/1.1 500 Broken\r\nContent-Length: 0\r\n\r\n";

    private readonly RawReceiver _receiver = RawReceiver.Start((request, stream) =>
        RawReceiver.WriteAsync(stream, request.Lines[0].Contains("/broken", StringComparison.Ordinal) ? Gone : Ok));

    private readonly string _prefix;
    private int _grown;

    private RouteScene(string prefix, TestDatabase database, TestHost host, Tenant tenant)
    {
        _prefix = prefix;
        Database = database;
        Host = host;
        Tenant = tenant;
    }

    public TestDatabase Database { get; }

    public TestHost Host { get; }

    public Tenant Tenant { get; }

    public string PlatformToken { get; } = Tokens.For(Tenant.SystemActor);

    /// <summary>An id for each route with one in its path, by the path before it.</summary>
    public Dictionary<string, string> Ids { get; } = [];

    public static async Task<RouteScene> CreateAsync(string prefix)
    {
        var database = await TestDatabase.CreateAsync();
        // Deliveries go out only where a test asks for it.
        var host = await TestHost.StartAsync(database, new() { ["OUTBOX_WORKER_ENABLED"] = "false", ["HERA_PUBLIC_URL"] = "https://hera.example.com" });
        var scene = new RouteScene(prefix, database, host, await Tenant.CreateAsync(database));
        await scene.FillAsync();
        return scene;
    }

    /// <summary>Adds to every list at least one row.</summary>
    public async Task GrowAsync()
    {
        var n = ++_grown;
        var webhook = Id(await PostAsync("/integrations/webhooks", new { operation = "CREATE", webhook_config = Webhook($"{n}") }), "webhook");
        await PostAsync("/integrations/events", new { event_source = $"source{n}", event_type = $"type{n}", connector_code = "zapier-webhook" });
        await PostAsync("/transactions", new
        {
            transaction = new
            {
                transaction_type = $"type{n}",
                transaction_code = $"T-{n}",
                reference_number = $"R-{n}",
                smart_code = $"HERA.FINANCE.TXN.KIND{n}.v1",
                source_entity_id = webhook,
                transaction_currency_code = "EUR",
            },
        });
        var organization = await PostAsync("/organizations", new { operation = "CREATE", organization = new { name = $"Organization {n}", code = $"ORG{n}" } }, PlatformToken);
        await PostAsync("/memberships", new { operation = "GRANT", member = new { auth_uid = $"user{n}", name = $"User {n}", role = n % 2 == 0 ? "member" : "integration_manager" } });
        var key = await PostAsync("/integrations/api-keys", new { operation = "CREATE", api_key = new { name = $"key {n}", role = n % 2 == 0 ? "member" : "org_admin" } });
        await Database.ExecuteAsync($$"""
            select hera_integration_connector_v1('{{Tenant.SystemActor}}', '{{Guid.Empty}}', 'CREATE_DEFINITION', null, 'acme-{{n}}',
              '{"smart_code": "HERA.INTEGRATION.CONNECTOR.ACME.v1"}')
            """);
        await Host.SendAsync(
            HttpMethod.Post, _prefix + "/integrations/inbound/generic-webhook", null, n % 2 == 0 ? "no JSON" : $$"""{"id": "{{n}}"}""", headers: ("X-Webhook-Token", "a-token-of-the-scene"));
        await Host.SendAsync(HttpMethod.Post, "/outbox-worker/process", PlatformToken);
        await PostAsync("/integrations/replays", new { operation = "CREATE", replay = new { webhook_id = webhook, since = "2020-01-01T00:00:00Z" } });
        if (n % 2 != 0)
            return;
        await PostAsync("/integrations/webhooks", new { operation = "DELETE", webhook_id = webhook });
        await PostAsync("/integrations/api-keys", new { operation = "REVOKE", api_key = new { id = Id(key, "api_key") } });
        await PostAsync("/organizations", new { operation = "SUSPEND", organization = new { id = Id(organization, "organization") } }, PlatformToken);
    }

    /// <summary>Calls a route below the prefix.</summary>
    public Task<Answer> SendAsync(string method, string path, string? body = null, string? token = null) =>
        Host.SendAsync(new HttpMethod(method), _prefix + path, token ?? Tenant.Token, body, headers: HeaderOf(path));

    public Task<Answer> GetAsync(string path, string? token = null) => SendAsync("GET", path, token: token);

    /// <summary>Posts what has to succeed.</summary>
    public async Task<JsonNode> PostAsync(string path, object body, string? token = null)
    {
        var answer = await SendAsync("POST", path, JsonSerializer.Serialize(body), token);
        return answer.Status == 200 ? answer.Data : throw new InvalidOperationException($"{path}: {answer}");
    }

    /// <summary>The path of a route, with an id that there is.</summary>
    public string PathOf(ApiRoute route) =>
        route.HasId ? route.Path.Replace("{id}", Ids[route.Path[..route.Path.IndexOf("/{id}", StringComparison.Ordinal)]], StringComparison.Ordinal) : route.Path;

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await _receiver.DisposeAsync();
        await Database.DisposeAsync();
    }

    /// <summary>The database, the workers and the keys are the platform's.</summary>
    private static readonly string[] OfThePlatform = ["/integrations/monitoring/database", "/integrations/monitoring/workers", "/encryption-keys"];

    private (string Name, string Value) HeaderOf(string path) =>
        OfThePlatform.Any(start => path.StartsWith(start, StringComparison.Ordinal)) ? (Tenant.Header.Name, $"{Guid.Empty}") : Tenant.Header;

    private async Task FillAsync()
    {
        await PostAsync("/integrations/webhooks", new { operation = "CREATE", webhook_config = Webhook("broken"), connector_code = "zapier-webhook" });
        await PostAsync("/integrations/connectors", new
        {
            operation = "INSTALL",
            connector_code = "generic-webhook",
            installation_config = new { token = "a-token-of-the-scene" },
        });
        await GrowAsync();
        await GrowAsync();
        await GrowAsync();
        await InstallAsync("hubspot-crm", new { client_id = "app", client_secret = "secret" });
        await InstallAsync("whatsapp-business-cloud", new { access_token = "t", phone_number_id = "1", business_account_id = "2", webhook_verify_token = "v", app_secret = "s" });
        foreach (var list in (string[])["/integrations/events", "/integrations/webhooks", "/integrations/replays", "/integrations/inbound-requests", "/transactions", "/organizations"])
            Ids[list] = Rows(await GetAsync(list))[0]["id"]!.GetValue<string>();
        Ids["/integrations/webhooks/replays"] = Ids["/integrations/replays"];
        Ids["/integrations/connectors"] = "zapier-webhook";
    }

    private Task<JsonNode> InstallAsync(string code, object config) =>
        PostAsync("/integrations/connectors", new { operation = "INSTALL", connector_code = code, installation_config = config });

    /// <summary>The rows of a list, whatever its name.</summary>
    public static List<JsonObject> Rows(Answer answer) => answer.Status == 200
        ? [.. answer.Data.AsObject().Select(property => property.Value).OfType<JsonArray>().Single().Select(row => row!.AsObject())]
        : throw new InvalidOperationException(answer.ToString());

    private static string Id(JsonNode data, string name) => data[name]!["id"]!.GetValue<string>();

    private object Webhook(string path) => new { url = $"http://127.0.0.1:{_receiver.Port}/{path}", retry_policy = new { max_attempts = 1 } };
}
