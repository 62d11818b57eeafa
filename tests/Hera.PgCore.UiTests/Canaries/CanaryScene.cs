using System.Text.Json;
using Hera.PgCore.Tests.Http;
using Hera.PgCore.Tests.Infrastructure;
using Hera.PgCore.Tests.Outbox;
using NUnit.Framework;

namespace Hera.PgCore.UiTests.Canaries;

/// <summary>A platform in whose every field that others write there is a canary: a tenant's, a provider's, a receiver's.</summary>
internal sealed class CanaryScene : IAsyncDisposable
{
    /// <summary>Secrets of the tenant's own; none has its equal in another field.</summary>
    public const string SecretCanary = "a-secret-canary-of-the-tenant";

    private readonly RawReceiver _receiver = RawReceiver.StartWith(ReceiverAnswer(Canary.Of("receiver-answer")));
    private FakeProvider _provider = null!;

    private CanaryScene(Scene scene) => Scene = scene;

    public Scene Scene { get; }

    public Tenant Tenant => Scene.Tenant;

    /// <summary>The names of the canaries that were stored.</summary>
    public HashSet<string> Stored { get; } = [];

    public static async Task<CanaryScene> CreateAsync()
    {
        var scene = new CanaryScene(await Scene.CreateAsync(new() { ["SKIP_RATE_LIMITING"] = "true" })) { _provider = await FakeProvider.StartAsync() };
        await Tenant.JoinAsync(scene.Scene.Database, Guid.Empty, "platform_admin", scene.Tenant.Subject);
        await scene.StoreIdentitiesAsync();
        await scene.StoreConnectorsAsync();
        await scene.StoreDeliveriesAsync();
        await scene.StoreWhatFailedAsync();
        return scene;
    }

    /// <summary>Calls a route of the API as the tenant's admin, who is the platform's too.</summary>
    public async Task<Answer> PostAsync(string path, string body, Guid? organization = null)
    {
        var answer = await Scene.Host.PostAsync("/api/v2" + path, Tenant.Token, body, ("X-Organization-Id", (organization ?? Tenant.Organization).ToString()));
        Assert.That(answer.Status, Is.EqualTo(200), $"{path}: {answer.Text}");
        return answer;
    }

    /// <summary>Every secret there is, in clear, and the one that callers send.</summary>
    public async Task<List<string>> SecretsAsync()
    {
        var connection = new Npgsql.NpgsqlConnectionStringBuilder(Scene.Database.ConnectionString) { Options = $"-c hera.encryption_key={TestHost.EncryptionKey}" };
        await using var source = Npgsql.NpgsqlDataSource.Create(connection.ConnectionString);
        await using var command = source.CreateCommand("select hera_internal.unseal(sealed) from hera.secrets");
        await using var reader = await command.ExecuteReaderAsync();
        List<string> secrets = [SecretCanary, Tenant.Token];
        while (await reader.ReadAsync())
            secrets.Add(reader.GetString(0));
        return secrets;
    }

    public async ValueTask DisposeAsync()
    {
        await Scene.DisposeAsync();
        await _receiver.DisposeAsync();
        await _provider.DisposeAsync();
    }

    /// <summary>As JSON, and remembered.</summary>
    private string Put(string name)
    {
        Stored.Add(name);
        return Canary.Quoted(name);
    }

    private async Task StoreIdentitiesAsync()
    {
        await PostAsync("/organizations", $$$"""{"operation": "UPDATE", "organization": {"id": "{{{Tenant.Organization}}}", "name": {{{Put("organization")}}}} }""");
        await PostAsync("/memberships", $$$"""
            {"operation": "GRANT", "member": {"auth_uid": {{{Put("auth-uid")}}}, "name": {{{Put("member")}}}, "email": {{{Put("email")}}}, "role": "member"} }
            """);
        await PostAsync("/integrations/api-keys", $$$"""{"operation": "CREATE", "api_key": {"name": {{{Put("api-key")}}}, "role": "member"} }""");
    }

    private async Task StoreConnectorsAsync()
    {
        await PostAsync(
            "/integrations/connectors",
            $$$"""
            {"operation": "CREATE_DEFINITION", "connector_code": "canary-crm", "connector_config": {
              "name": {{{Put("definition-name")}}}, "description": {{{Put("definition-description")}}}, "notes": [{{{Put("definition-note")}}}],
              "smart_code": "HERA.INTEGRATION.CONNECTOR.CANARY_CRM.v1",
              "fields": [
                {"name": "account", "label": {{{Put("field-label")}}}, "type": "string", "required": true, "secret": false, "description": {{{Put("field-description")}}}},
                {"name": "token", "label": "Token", "type": "string", "required": true, "secret": true}],
              "inbound": {
                "verify": [{"name": "token", "type": "shared_secret", "key": "token", "signature": {"header": "X-Canary-Token"}}],
                "events": [{"type": "order_created", "note": {{{Put("event-note")}}}, "each": [{"as": "item", "path": "$"}], "key": ["$.id"]}] } } }
            """,
            Guid.Empty);
        await PostAsync("/integrations/connectors", $$$"""
            {"operation": "INSTALL", "connector_code": "canary-crm", "installation_config": {"account": {{{Put("installation")}}}, "token": "{{{SecretCanary}}}"} }
            """);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v2/integrations/inbound/canary-crm?q=" + Uri.EscapeDataString(Canary.Of("inbound-address")));
        request.Headers.Add("X-Canary-Token", SecretCanary);
        request.Headers.TryAddWithoutValidation("X-Note", Canary.Of("inbound-header"));
        request.Content = new StringContent($$"""{"id": 1, "note": {{Put("inbound-body")}} }""", new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
        using var answer = await Scene.Host.Client.SendAsync(request);
        Assert.That((int)answer.StatusCode, Is.EqualTo(200), await answer.Content.ReadAsStringAsync());
        Stored.Add("inbound-header");

        await Scene.PointAsync("whatsapp-business-cloud", _provider.Vars("whatsapp"));
        await PostAsync("/integrations/connectors", $$$"""
            {"operation": "INSTALL", "connector_code": "whatsapp-business-cloud", "installation_config": {
              "access_token": "{{{SecretCanary}}}", "phone_number_id": "1", "business_account_id": "2", "webhook_verify_token": "{{{SecretCanary}}}", "app_secret": "{{{SecretCanary}}}"} }
            """);
        await _provider.FailAsync(new
        {
            provider = "whatsapp",
            times = 100,
            status = 400,
            body = $$$"""{"error": {"code": {{{Put("provider-error")}}}, "message": {{{Canary.Quoted("provider-message")}}} } }""",
        });
        await PostAsync("/integrations/connector-health", """{"connector_code": "whatsapp-business-cloud"}""");
        await Eventually.Async(() => Scene.Database.ScalarAsync<long>("select count(*) from hera.core_dynamic_data where field_name = 'last_error'"), count => count > 0, 20);
    }

    private async Task StoreDeliveriesAsync()
    {
        var filter = JsonSerializer.Serialize($"$.a != {Canary.Quoted("webhook-filter")}");
        Stored.Add("webhook-filter");
        await PostAsync("/integrations/webhooks", $$$"""
            {"operation": "CREATE", "webhook_config": {
              "url": {{{JsonSerializer.Serialize(_receiver.Url + "?" + Canary.Of("webhook-url"))}}}, "description": {{{Put("webhook-description")}}}, "metadata": {"a": {{{Put("webhook-metadata")}}} },
              "headers": {"X-Note": {{{Canary.Quoted("webhook-header")}}}}, "filter": {{{filter}}}, "transform": {"a": "{{$.data.a}}", "b": {{{Put("webhook-transform")}}} },
              "secret": "{{{SecretCanary}}}", "retry_policy": {"max_attempts": 1} } }
            """);
        Stored.Add("webhook-url");
        await PostAsync("/integrations/events", $$$"""
            {"event_source": "shop", "event_type": "order.paid", "event_data": {"a": {{{Put("event")}}}, {{{Put("event-key")}}}: 1}, "idempotency_key": {{{Put("idempotency-key")}}}}
            """);
        Stored.Add("receiver-answer");
        await Eventually.Async(() => Scene.Database.ScalarAsync<long>("select count(*) from hera.attempts where response_body like '%data-canary%'"), count => count > 0, 20);
    }

    /// <summary>Reasons and errors, whose words the product chooses today: a page may not rely on that.</summary>
    private async Task StoreWhatFailedAsync()
    {
        string Literal(string name)
        {
            Stored.Add(name);
            return $"'{Canary.Of(name).Replace("'", "''", StringComparison.Ordinal)}'";
        }

        await Eventually.Async(() => Scene.Database.ScalarAsync<long>("select count(*) from hera.dead_letters"), count => count > 0, 20);
        await Scene.Database.ExecuteAsync($"""
            update hera.dead_letters set reason = {Literal("dead-letter-reason")}, last_error = {Literal("dead-letter-error")}, last_status_code = null;
            insert into hera.attempts select started_at, organization_id, delivery_id, duration_ms, null, 2, {Literal("attempt-error")}, null from hera.attempts limit 1;
            update hera.webhooks set status_reason = {Literal("webhook-reason")};
            update hera.inbound_requests set status_reason = {Literal("inbound-reason")};
            update hera.events set status_reason = {Literal("event-reason")}, status = 'failed' where event_source = 'canary-crm';
            insert into hera.replay_jobs (
                organization_id, id, webhook_id, kind, request, status, status_reason, per_second, spent_until, total, created_at, created_by, updated_at, updated_by)
              select organization_id, hera_internal.new_id(now()), id, 'missed', '{"{}"}', 'completed', {Literal("replay-reason")}, 1, now(), 1, now(), '{Tenant.SystemActor}', now(), '{Tenant.SystemActor}'
              from hera.webhooks;
            """);
    }

    private static string ReceiverAnswer(string body) =>
        $"HTTP/1.1 500 Oops\r\nContent-Type: text/html\r\nX-Note: {Canary.Of("receiver-header")}\r\nContent-Length: {body.Length}\r\n\r\n{body}";
}
