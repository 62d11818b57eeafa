using System.Text.Json;
using System.Text.Json.Nodes;
using Hera.PgCore.Host.Outbox;
using Hera.PgCore.Rpc;
using Hera.PgCore.Tests.Http;
using Hera.PgCore.Tests.Outbox;
using Npgsql;

namespace Hera.PgCore.Tests.Connectors;

/// <summary>One tenant with the five connectors, whose providers are all one raw receiver.</summary>
internal sealed class ActionScene : IAsyncDisposable
{
    private readonly HeraDatabase _api;

    private ActionScene(OutboxScene outbox)
    {
        Outbox = outbox;
        _api = new HeraDatabase(HeraDatabaseOptions.ForApi(new NpgsqlConnectionStringBuilder(outbox.Database.ConnectionString), TestHost.EncryptionKey));
    }

    public OutboxScene Outbox { get; }

    public static async Task<ActionScene> CreateAsync() => new(await OutboxScene.CreateAsync());

    /// <summary>Points each provider's addresses to <paramref name="provider"/>, and installs the connector with a token.</summary>
    public async Task InstallAllAsync(string provider)
    {
        await InstallAsync("whatsapp-business-cloud", new { graph_url = provider }, new
        {
            access_token = "wa-token-canary",
            phone_number_id = "106540352242922",
            business_account_id = "102290129340398",
            webhook_verify_token = "wa-verify-canary",
            app_secret = "wa-app-secret-canary",
        });
        await InstallAsync("meta-graph-api", new { graph_url = provider }, new
        {
            app_id = "app",
            app_secret = "meta-app-secret-0001",
            webhook_verify_token = "meta-verify-canary",
            page_access_token = "EAATESTTOKEN",
            page_id = "153125381133",
        });
        await InstallAsync("linkedin-api", new { api_url = provider }, new
        {
            client_id = "c",
            client_secret = "li-secret-canary",
            organization_urn = "urn:li:organization:2414183",
            sponsored_account_urn = "urn:li:sponsoredAccount:520866471",
        });
        await InstallAsync("hubspot-crm", new { api_url = provider, forms_url = provider + "/forms" }, new { client_id = "c", client_secret = "hs-secret-canary", portal_id = "33" });
        await InstallAsync("zapier-webhook", null, new { webhook_url = provider + "/hooks/catch/1/zap-canary/", auth_header = "Basic emFwOmNhbmFyeQ==" });
        await AuthorizeAsync("linkedin-api", "li-token-canary");
        await AuthorizeAsync("hubspot-crm", "hs-token-canary");
    }

    public async Task<JsonNode> InstallAsync(string code, object? variables, object config)
    {
        if (variables is not null)
            await ConnectorAsync(Guid.Empty, "UPDATE_DEFINITION", code, "p_connector_config", new { vars = variables });
        return await ConnectorAsync(Outbox.Tenant.Organization, "INSTALL", code, "p_installation_config", config);
    }

    public async Task<Guid> CallAsync(string code, string action, string input)
    {
        var answer = JsonNode.Parse(await _api.CallAsync("hera_connector_action_v1",
        [
            RpcArgument.Uuid("p_actor_user_id", new Guid(Tenant.SystemActor)),
            RpcArgument.Uuid("p_organization_id", Outbox.Tenant.Organization),
            RpcArgument.Text("p_connector_code", code),
            RpcArgument.Text("p_action", action),
            RpcArgument.Json("p_input", System.Text.Encoding.UTF8.GetBytes(input)),
        ]))!;
        return answer["delivery_id"]!.GetValue<Guid>();
    }

    public async Task DeliverAsync() => await (await Outbox.CreatePipelineAsync(new PipelineOptions { ClaimSize = 50 })).RunUntilEmptyAsync();

    /// <summary>Type and data of the event that tells what became of a call.</summary>
    public async Task<(string Type, JsonNode Data)> OutcomeAsync(Guid delivery)
    {
        var text = await Outbox.Database.ScalarAsync<string>(
            $"select json_build_array(event_type, event_data)::text from hera.events where event_data ->> 'delivery_id' = '{delivery}' order by id desc limit 1");
        var parts = JsonNode.Parse(text ?? "[\"none\", {}]")!;
        return (parts[0]!.GetValue<string>(), parts[1]!);
    }

    public async ValueTask DisposeAsync()
    {
        await _api.DisposeAsync();
        await Outbox.DisposeAsync();
    }

    private async Task<JsonNode> ConnectorAsync(Guid organization, string operation, string code, string parameter, object value) =>
        JsonNode.Parse(await _api.CallAsync("hera_integration_connector_v1",
        [
            RpcArgument.Uuid("p_actor_user_id", new Guid(Tenant.SystemActor)),
            RpcArgument.Uuid("p_organization_id", organization),
            RpcArgument.Text("p_operation", operation),
            RpcArgument.Text("p_connector_code", code),
            RpcArgument.Json(parameter, JsonSerializer.SerializeToUtf8Bytes(value)),
        ]))!;

    private async Task AuthorizeAsync(string code, string token)
    {
        var settings = new NpgsqlConnectionStringBuilder(Outbox.Database.ConnectionString) { Options = $"-c hera.encryption_key={TestHost.EncryptionKey}", Pooling = false };
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"""
            select hera_internal.store_secret(e.organization_id, e.id, 'oauth_access_token', '{token}'),
              hera_internal.set_installation_status('{Tenant.SystemActor}', e.organization_id, e.id, 'active')
            from hera.core_entities e
            where e.organization_id = '{Outbox.Tenant.Organization}' and e.entity_code = '{code}' and e.entity_type = 'INTEGRATION_CONNECTOR_INSTALL'
            """, connection);
        await command.ExecuteNonQueryAsync();
    }
}
