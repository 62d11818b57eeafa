using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hera.PgCore.Tests.Http;
using Hera.PgCore.Tests.Infrastructure;

namespace Hera.PgCore.Tests.Inbound;

/// <summary>A host that providers call, as they would: real HTTP, signatures made here and not by the database.</summary>
internal sealed class InboundScene : IAsyncDisposable
{
    public const string Origin = "https://hera.example.com";

    private InboundScene(TestDatabase database, TestHost host)
    {
        Database = database;
        Host = host;
    }

    public TestDatabase Database { get; }

    public TestHost Host { get; }

    public static async Task<InboundScene> CreateAsync(Dictionary<string, string>? variables = null, bool isDevelopment = false)
    {
        var database = await TestDatabase.CreateAsync();
        var all = new Dictionary<string, string> { ["OUTBOX_WORKER_ENABLED"] = "false", ["HERA_PUBLIC_URL"] = Origin };
        foreach (var (name, value) in variables ?? [])
            all[name] = value;
        return new InboundScene(database, await TestHost.StartAsync(database, all, isDevelopment));
    }

    /// <summary>The path below the host; without an installation the provider app's one address.</summary>
    public static string PathOf(string connector, Guid? installation = null) =>
        $"/api/v2/integrations/inbound/{connector}" + (installation is { } id ? $"/{id}" : "");

    /// <summary>Installs a connector for a tenant, or with no tenant for the platform; answers the installation's id.</summary>
    public async Task<Guid> InstallAsync(Tenant? tenant, string connector, object config)
    {
        var body = JsonSerializer.Serialize(new { operation = "INSTALL", connector_code = connector, installation_config = config });
        var answer = tenant is null
            ? await Host.PostAsync("/api/v2/integrations/connectors", Tokens.For(Tenant.SystemActor), body, ("X-Organization-Id", $"{Guid.Empty}"))
            : await Host.PostAsync("/api/v2/integrations/connectors", tenant.Token, body, tenant.Header);
        return answer.Status == 200
            ? answer.Data["installation"]!["id"]!.GetValue<Guid>()
            : throw new InvalidOperationException(answer.ToString());
    }

    /// <summary>Sends bytes as they are.</summary>
    public async Task<Answer> SendAsync(string path, byte[] body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await Host.Client.SendAsync(request);
        return new Answer(response, await response.Content.ReadAsStringAsync());
    }

    public Task<Answer> SendAsync(string path, string body, params (string Name, string Value)[] headers) => SendAsync(path, Encoding.UTF8.GetBytes(body), headers);

    public Task<Answer> MetaAsync(string path, string body, string secret) => SendAsync(path, body, ("X-Hub-Signature-256", "sha256=" + Hex(secret, body)));

    public Task<Answer> LinkedInAsync(string path, string body, string secret) => SendAsync(path, body, ("X-LI-Signature", Hex(secret, "hmacsha256=" + body)));

    public Task<Answer> HubSpotAsync(string path, string body, string secret, TimeSpan late = default)
    {
        var time = (DateTimeOffset.UtcNow - late).ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        return SendAsync(path, body, ("X-HubSpot-Signature-v3", Base64(secret, "POST" + Origin + path + body + time)), ("X-HubSpot-Request-Timestamp", time));
    }

    public static string Hex(string secret, string message) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(message)));

    public static string Base64(string secret, string message) =>
        Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(message)));

    /// <summary>The events of a tenant as "type status", sorted; without the calls that follow from them.</summary>
    public Task<IReadOnlyList<string>> EventsAsync(Guid organization) => Database.ListAsync<string>(
        $"select event_type || ' ' || status from hera.events where organization_id = '{organization}' and event_type not like 'action.%' order by 1");

    public Task<IReadOnlyList<string>> RequestsAsync(Guid organization) => Database.ListAsync<string>(
        $"select status || ' ' || accepted || ' ' || duplicates || ' ' || failed from hera.inbound_requests where organization_id = '{organization}' order by id");

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Database.DisposeAsync();
    }
}
