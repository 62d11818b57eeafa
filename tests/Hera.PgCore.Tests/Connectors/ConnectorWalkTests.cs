using System.Text.Json;
using System.Text.Json.Nodes;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Connectors;

/// <summary>The tour of the README: two connectors from the first click to the last answer, against a provider that is a process of its own.</summary>
public sealed class ConnectorWalkTests
{
    private ConnectorScene _scene = null!;

    [SetUp]
    public async Task OpenAsync() => _scene = await ConnectorScene.CreateAsync();

    [TearDown]
    public async Task CloseAsync() => await _scene.DisposeAsync();

    [Test]
    public async Task HubSpot()
    {
        await _scene.InstallHubSpotAsync();
        await ListenAsync("hubspot-crm.*");
        Assert.That((await _scene.ConnectAsync("hubspot-crm", new { return_path = "/settings/integrations" })).Status, Is.EqualTo(303));
        Assert.That(await _scene.FareAsync("hubspot-crm"), Is.EqualTo("active ok"));

        // A signed batch of four kinds: four events, four deliveries; a forged one is none, a second time neither.
        Assert.That((await CallBackAsync("hubspot", "hubspot-crm", secret: "forged")).GetProperty("status").GetInt32(), Is.EqualTo(401));
        for (var round = 1; round <= 2; round++)
        {
            Assert.That((await CallBackAsync("hubspot", "hubspot-crm")).GetProperty("status").GetInt32(), Is.EqualTo(200));
            await _scene.WorkAsync();
            foreach (var type in (string[])["contact_created", "deal_created", "company_updated", "form_submitted"])
                Assert.That(await _scene.EventsAsync("hubspot-crm." + type), Is.EqualTo(1), type);
            Assert.That(await DeliveredAsync(), Has.Count.EqualTo(4));
        }

        // A call, and its result as an event.
        var call = await UpsertAsync("ada@example.com");
        await _scene.WorkAsync();
        Assert.That(await _scene.Provider.RequestsAsync("hubspot", "/contacts/batch/upsert"), Has.Count.EqualTo(1));
        Assert.That((await DeliveredAsync())[^1], Does.Contain("hubspot-crm.action.upsert_contact.succeeded").And.Contain(call["delivery_id"]!.GetValue<string>()));

        // The token ends, and is renewed in time.
        var before = (await _scene.SecretsAsync())["oauth_access_token"];
        await _scene.Provider.ExpireTokensAsync("hubspot");
        await _scene.MakeDueAsync("refresh", tokenEnds: true);
        await _scene.WorkAsync();
        Assert.That((await _scene.SecretsAsync())["oauth_access_token"], Is.Not.EqualTo(before));
        await UpsertAsync("bob@example.com");
        await _scene.WorkAsync();
        var upserts = await _scene.Provider.RequestsAsync("hubspot", "/contacts/batch/upsert");
        Assert.That(upserts, Has.Count.EqualTo(2));
        Assert.That(upserts[^1].GetProperty("headers").GetProperty("Authorization").GetString(), Is.EqualTo("Bearer " + (await _scene.SecretsAsync())["oauth_access_token"]));
        Assert.That(await _scene.EventsAsync("hubspot-crm.action.upsert_contact.succeeded"), Is.EqualTo(2));
    }

    [Test]
    public async Task A_token_that_is_refused_in_the_middle_of_a_call_is_renewed_and_the_call_made_again()
    {
        await _scene.InstallHubSpotAsync();
        await _scene.ConnectAsync("hubspot-crm");
        await _scene.Database.ExecuteAsync("update hera.secrets set created_at = created_at - interval '10 minutes'");
        await _scene.Provider.ExpireTokensAsync("hubspot");
        await UpsertAsync("ada@example.com");
        await UpsertAsync("bob@example.com");
        await _scene.WorkAsync();
        await _scene.WorkAsync();
        await _scene.Database.ExecuteAsync("update hera.outbox_scheduled set due_at = clock_timestamp()");
        await _scene.WorkAsync();
        Assert.That(await _scene.EventsAsync("hubspot-crm.action.upsert_contact.succeeded"), Is.EqualTo(2));
        Assert.That(await _scene.Provider.RequestsAsync("hubspot", "/token"), Has.Count.EqualTo(2), "one for the code, one for both calls");
        Assert.That(await _scene.FareAsync("hubspot-crm"), Does.StartWith("active"));
    }

    [Test]
    public async Task WhatsApp()
    {
        await _scene.Provider.AcceptTokenAsync("whatsapp", "EAAwhatsapp");
        await _scene.InstallAsync("whatsapp-business-cloud", new
        {
            access_token = "EAAwhatsapp",
            phone_number_id = "106540352242922",
            business_account_id = "102290129340398",
            webhook_verify_token = "whatsapp-verify",
            app_secret = "whatsapp-secret",
        });
        await ListenAsync("whatsapp-business-cloud.*");
        var address = InboundAddress("whatsapp-business-cloud");
        var handshake = await _scene.Provider.ShakeHandsAsync("whatsapp", new { url = address, challenge = "1158201444" });
        Assert.That((handshake.GetProperty("status").GetInt32(), handshake.GetProperty("body").GetString()), Is.EqualTo((200, "1158201444")));
        handshake = await _scene.Provider.ShakeHandsAsync("whatsapp", new { url = address, challenge = "1", verifyToken = "another" });
        Assert.That(handshake.GetProperty("status").GetInt32(), Is.EqualTo(403));

        Assert.That((await CallBackAsync("whatsapp", "whatsapp-business-cloud")).GetProperty("status").GetInt32(), Is.EqualTo(200));
        await _scene.WorkAsync();
        foreach (var type in (string[])["message_received", "message_delivered", "message_read", "status_update"])
            Assert.That(await _scene.EventsAsync("whatsapp-business-cloud." + type), Is.EqualTo(1), type);
        Assert.That(await DeliveredAsync(), Has.Count.EqualTo(4));

        await _scene.PostAsync("/integrations/actions", new { connector_code = "whatsapp-business-cloud", action = "send_text", input = new { to = "16505551234", body = "Hello, Zoë" } });
        await _scene.WorkAsync();
        await _scene.WorkAsync();
        var sent = JsonNode.Parse((await _scene.Provider.RequestsAsync("whatsapp", "/messages")).Single().GetProperty("body").GetString()!)!;
        Assert.That(sent["text"]!["body"]!.GetValue<string>(), Is.EqualTo("Hello, Zoë"));
        Assert.That((await DeliveredAsync())[^1], Does.Contain("whatsapp-business-cloud.action.send_text.succeeded"));
    }

    private Task<JsonNode> ListenAsync(string topic) => _scene.PostAsync(
        "/integrations/webhooks",
        new { operation = "CREATE", webhook_config = new { url = $"{_scene.Provider.Url}/zapier/hooks/catch/1/1", topics = new[] { topic } } });

    private Task<JsonNode> UpsertAsync(string email) => _scene.PostAsync(
        "/integrations/actions", new { connector_code = "hubspot-crm", action = "upsert_contact", input = new { email, properties = new { firstname = "Ada" } } });

    private string InboundAddress(string connector) => $"{_scene.Host.Urls.First()}/api/v2/integrations/inbound/{connector}";

    /// <summary>The provider knows the public origin, and signs it.</summary>
    private Task<JsonElement> CallBackAsync(string provider, string connector, string? secret = null) => _scene.Provider.CallBackAsync(
        provider,
        new { url = InboundAddress(connector), signedUrl = $"https://hera.example.com/api/v2/integrations/inbound/{connector}", secret });

    /// <summary>The bodies that the webhook received, in order.</summary>
    private async Task<List<string>> DeliveredAsync() =>
        [.. (await _scene.Provider.RequestsAsync("zapier")).Select(request => request.GetProperty("body").GetString()!)];
}
