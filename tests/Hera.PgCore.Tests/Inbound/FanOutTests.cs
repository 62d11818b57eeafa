using System.Text;
using Hera.PgCore.Tests.Http;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Inbound;

/// <summary>What providers send becomes events of those whom it is for, once.</summary>
public sealed class FanOutTests
{
    private const string Secret = "a-client-secret-of-the-tests";

    private static readonly string[] FourOfHubSpot = ["company_updated processed", "contact_created processed", "deal_created processed", "form_submitted processed"];
    private static readonly string[] FourOfWhatsApp = ["message_delivered processed", "message_read processed", "message_received processed", "status_update processed"];

    private InboundScene _scene = null!;
    private Tenant _acme = null!;
    private Tenant _beta = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _scene = await InboundScene.CreateAsync();
        _acme = await Tenant.CreateAsync(_scene.Database);
        _beta = await Tenant.CreateAsync(_scene.Database);
    }

    [TearDown]
    public async Task StopAsync() => await _scene.DisposeAsync();

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_batch_of_HubSpot_is_four_events_and_their_deliveries(bool byAddress)
    {
        await _scene.Host.PostAsync(
            "/api/v2/integrations/webhooks", _acme.Token, """{"operation": "CREATE", "webhook_config": {"url": "http://127.0.0.1:9/", "topics": ["hubspot-crm.*"]}}""", _acme.Header);
        var installation = await _scene.InstallAsync(_acme, "hubspot-crm", HubSpot("33"));

        var answer = await _scene.HubSpotAsync(InboundScene.PathOf("hubspot-crm", byAddress ? installation : null), Payloads.HubSpot, Secret);

        Assert.That(answer.Status, Is.EqualTo(200), answer.Text);
        Assert.That(answer.Text, Is.Empty);
        Assert.That(await _scene.EventsAsync(_acme.Organization), Is.EqualTo(FourOfHubSpot));
        Assert.That(await _scene.Database.ListAsync<int>("select count(*)::int from hera.outbox_ready"), Is.EqualTo(new[] { 4 }));
        Assert.That(await _scene.RequestsAsync(_acme.Organization), Is.EqualTo(new[] { "processed 4 0 0" }));
        Assert.That(
            await _scene.Database.ListAsync<string>("""
                select e.smart_code || ' ' || to_char(e.occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS') || ' ' || e.idempotency_key
                from hera.events e where e.event_type = 'form_submitted' and e.inbound_request_id = (select r.id from hera.inbound_requests r)
                """),
            Is.EqualTo(new[] { "HERA.HUBSPOT.EVENT.FORM.SUBMITTED.v1 2026-01-01T00:00:00.300 hubspot-crm:33:form_submitted:33:1246965:recent_conversion_date:1767225600250" }));
    }

    [Test]
    public async Task What_is_sent_again_is_there_once_also_as_another_attempt()
    {
        await _scene.InstallAsync(_acme, "hubspot-crm", HubSpot("33"));
        var path = InboundScene.PathOf("hubspot-crm");
        await _scene.HubSpotAsync(path, Payloads.HubSpot, Secret);

        var again = await _scene.HubSpotAsync(path, Payloads.HubSpot.Replace("\"attemptNumber\":0", "\"attemptNumber\":3", StringComparison.Ordinal), Secret);

        Assert.That(again.Status, Is.EqualTo(200));
        Assert.That(await _scene.EventsAsync(_acme.Organization), Is.EqualTo(FourOfHubSpot));
        Assert.That(await _scene.RequestsAsync(_acme.Organization), Is.EqualTo(new[] { "processed 4 0 0", "processed 0 4 0" }));
    }

    [Test]
    public async Task Sent_64_times_at_once_it_is_there_once()
    {
        await _scene.InstallAsync(_acme, "hubspot-crm", HubSpot("33"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => _scene.HubSpotAsync(InboundScene.PathOf("hubspot-crm"), Payloads.HubSpot, Secret)));

        Assert.That(answers.Select(answer => answer.Status).Distinct(), Is.EqualTo(new[] { 200 }));
        Assert.That(await _scene.EventsAsync(_acme.Organization), Is.EqualTo(FourOfHubSpot));
        Assert.That(
            await _scene.Database.ListAsync<string>("select sum(accepted) || ' ' || sum(duplicates) from hera.inbound_requests"), Is.EqualTo(new[] { "4 252" }));
    }

    [Test]
    public async Task One_request_of_several_organizations_is_told_apart_by_account()
    {
        await _scene.InstallAsync(_acme, "hubspot-crm", HubSpot("33"));
        await _scene.InstallAsync(_beta, "hubspot-crm", HubSpot("44"));
        var body = """
            [{"eventId":1,"portalId":33,"occurredAt":1767225600000,"subscriptionType":"contact.creation","objectId":1},
             {"eventId":2,"portalId":44,"occurredAt":1767225600000,"subscriptionType":"deal.creation","objectId":2},
             {"eventId":3,"portalId":55,"occurredAt":1767225600000,"subscriptionType":"deal.creation","objectId":3}]
            """;

        var answer = await _scene.HubSpotAsync(InboundScene.PathOf("hubspot-crm"), body, Secret);

        Assert.That(answer.Status, Is.EqualTo(200));
        Assert.That(await _scene.EventsAsync(_acme.Organization), Is.EqualTo(new[] { "contact_created processed" }));
        Assert.That(await _scene.EventsAsync(_beta.Organization), Is.EqualTo(new[] { "deal_created processed" }));
        Assert.That(await _scene.EventsAsync(Guid.Empty), Is.EqualTo(new[] { "deal_created failed" }), "nobody's is kept by the platform");
        Assert.That(await _scene.RequestsAsync(Guid.Empty), Is.EqualTo(new[] { "failed 2 0 1" }), "a request of several is the platform's");
        Assert.That(await _scene.RequestsAsync(_acme.Organization), Is.Empty);
    }

    [Test]
    public async Task An_account_is_not_had_by_writing_it_into_a_field()
    {
        await _scene.InstallAsync(_acme, "hubspot-crm", HubSpot("33"));
        await _scene.InstallAsync(_beta, "hubspot-crm", new { client_id = "c", client_secret = "another-secret", portal_id = "33" });

        await _scene.HubSpotAsync(InboundScene.PathOf("hubspot-crm"), Payloads.HubSpot, Secret);

        Assert.That(await _scene.EventsAsync(_acme.Organization), Is.EqualTo(FourOfHubSpot));
        Assert.That(await _scene.EventsAsync(_beta.Organization), Is.Empty);
    }

    [Test]
    public async Task The_platforms_own_app_serves_tenants_that_have_another_secret_each_account_once()
    {
        await _scene.InstallAsync(null, "hubspot-crm", new { client_id = "c", client_secret = Secret });
        await _scene.InstallAsync(_acme, "hubspot-crm", new { client_id = "c", client_secret = "of-acme", portal_id = "33" });
        await _scene.InstallAsync(_beta, "hubspot-crm", new { client_id = "c", client_secret = "of-beta", portal_id = "33" });

        var answer = await _scene.HubSpotAsync(InboundScene.PathOf("hubspot-crm"), Payloads.HubSpot, Secret);

        Assert.That(answer.Status, Is.EqualTo(200));
        Assert.That(await _scene.EventsAsync(_acme.Organization), Is.EqualTo(FourOfHubSpot), "the older installation has it");
        Assert.That(await _scene.EventsAsync(_beta.Organization), Is.Empty);
        Assert.That(await _scene.EventsAsync(Guid.Empty), Is.Empty);
    }

    [Test]
    public async Task WhatsApp_has_messages_and_three_kinds_of_statuses()
    {
        await _scene.InstallAsync(_acme, "whatsapp-business-cloud", WhatsApp("106540352242922"));

        var answer = await _scene.MetaAsync(InboundScene.PathOf("whatsapp-business-cloud"), Payloads.WhatsApp, Secret);

        Assert.That(answer.Status, Is.EqualTo(200), answer.Text);
        Assert.That(await _scene.EventsAsync(_acme.Organization), Is.EqualTo(FourOfWhatsApp));
    }

    [Test]
    public async Task Meta_has_pages_of_several_organizations_and_Instagram()
    {
        await _scene.InstallAsync(_acme, "meta-graph-api", Meta("1755847768034402"));
        await _scene.InstallAsync(_beta, "meta-graph-api", Meta("153125381133"));

        var answer = await _scene.MetaAsync(InboundScene.PathOf("meta-graph-api"), Payloads.Meta, Secret);

        Assert.That(answer.Status, Is.EqualTo(200));
        Assert.That(await _scene.EventsAsync(_acme.Organization), Is.EqualTo(new[] { "page_message_received processed" }));
        Assert.That(await _scene.EventsAsync(_beta.Organization), Is.EqualTo(new[] { "lead_generated processed", "post_published processed" }));
    }

    [Test]
    public async Task Meta_of_an_installations_own_address_needs_no_account()
    {
        var installation = await _scene.InstallAsync(_acme, "meta-graph-api", new { app_id = "1", app_secret = Secret, webhook_verify_token = "verify" });

        await _scene.MetaAsync(InboundScene.PathOf("meta-graph-api", installation), Payloads.Instagram, Secret);

        Assert.That(await _scene.EventsAsync(_acme.Organization), Is.EqualTo(new[] { "instagram_mention processed" }));
    }

    [Test]
    public async Task LinkedIn_has_leads_and_comments()
    {
        await _scene.InstallAsync(_acme, "linkedin-api", new
        {
            client_id = "c",
            client_secret = Secret,
            organization_urn = "urn:li:organization:2414183",
            sponsored_account_urn = "urn:li:sponsoredAccount:520866471",
        });
        var path = InboundScene.PathOf("linkedin-api");

        await _scene.LinkedInAsync(path, Payloads.LinkedInLead, Secret);
        await _scene.LinkedInAsync(path, Payloads.LinkedInComment, Secret);

        Assert.That(await _scene.EventsAsync(_acme.Organization), Is.EqualTo(new[] { "lead_generated processed", "post_engagement processed" }));
    }

    [Test]
    public async Task Zapier_is_told_apart_by_its_token_and_one_item_may_be_two_events()
    {
        await _scene.InstallAsync(_acme, "zapier-webhook", Zapier("token-of-acme-0001"));
        await _scene.InstallAsync(_beta, "zapier-webhook", Zapier("token-of-beta-0001"));
        var path = InboundScene.PathOf("zapier-webhook");

        await _scene.SendAsync(path, """{"id": "evt_02", "workflow": "Onboarding"}""", ("X-Hera-Token", "token-of-beta-0001"));
        await _scene.SendAsync(path, """[{"event": "a"}, {"event": "b"}]""", ("X-Hera-Token", "token-of-beta-0001"), ("Idempotency-Key", "call-7"));
        await _scene.SendAsync(path, """[{"event": "a"}, {"event": "b"}]""", ("X-Hera-Token", "token-of-beta-0001"), ("Idempotency-Key", "call-7"));

        Assert.That(await _scene.EventsAsync(_acme.Organization), Is.Empty);
        Assert.That(
            await _scene.EventsAsync(_beta.Organization),
            Is.EqualTo(new[] { "webhook_received processed", "webhook_received processed", "webhook_received processed", "workflow_triggered processed" }));
    }

    [Test]
    public async Task A_sender_of_ones_own_signs_as_it_likes()
    {
        const string Body = """{"id": "evt_01", "event": "order.paid"}""";
        await _scene.InstallAsync(_acme, "generic-webhook", new
        {
            signing_secret = Secret,
            signature_header = "X-Acme-Hmac",
            signature_prefix = "v0=",
            signature_encoding = "base64",
        });

        var wrong = await _scene.SendAsync(InboundScene.PathOf("generic-webhook"), Body, ("X-Acme-Hmac", "v0=" + InboundScene.Hex(Secret, Body)));
        var right = await _scene.SendAsync(InboundScene.PathOf("generic-webhook"), Body, ("X-Acme-Hmac", "v0=" + InboundScene.Base64(Secret, Body)));

        Assert.That((wrong.Status, right.Status), Is.EqualTo((401, 200)));
        Assert.That(await _scene.EventsAsync(_acme.Organization), Is.EqualTo(new[] { "webhook_received processed" }));
    }

    [Test]
    public async Task Stripe_signs_by_both_secrets_while_one_is_rolled()
    {
        const string Body = """{"id":"evt_9","object":"event","created":1767225600,"type":"invoice.paid","data":{"object":{"id":"in_1"}}}""";
        var installation = await _scene.InstallAsync(_acme, "stripe", new { signing_secret = "whsec_new" });
        var time = DateTimeOffset.UtcNow.ToUnixTimeSeconds();

        var answer = await _scene.SendAsync(
            InboundScene.PathOf("stripe", installation),
            Body,
            ("Stripe-Signature", $"t={time},v1={InboundScene.Hex("whsec_old", $"{time}.{Body}")},v1={InboundScene.Hex("whsec_new", $"{time}.{Body}")}"));

        Assert.That(answer.Status, Is.EqualTo(200), answer.Text);
        Assert.That(await _scene.EventsAsync(_acme.Organization), Is.EqualTo(new[] { "invoice_paid processed" }));
    }

    [TestCase("\"\\u0000\"")]
    [TestCase("no JSON at all")]
    [TestCase("")]
    [TestCase("[1e400000]")]
    [TestCase("{\"unknown\": true}")]
    public async Task What_no_event_can_be_made_of_is_taken_and_kept(string body)
    {
        var installation = await _scene.InstallAsync(_acme, "hubspot-crm", HubSpot("33"));

        var answer = await _scene.HubSpotAsync(InboundScene.PathOf("hubspot-crm", installation), body, Secret);

        Assert.That(answer.Status, Is.EqualTo(200), answer.Text);
        Assert.That(await _scene.EventsAsync(_acme.Organization), Is.EqualTo(new[] { "unmapped failed" }));
        Assert.That(
            await _scene.Database.ListAsync<string>("select convert_from(body, 'UTF8') from hera.inbound_requests where status_reason is not null"), Is.EqualTo(new[] { body }));
    }

    [Test]
    public async Task Bytes_that_are_no_text_are_kept_as_they_are()
    {
        var installation = await _scene.InstallAsync(_acme, "zapier-webhook", Zapier("token-of-acme-0001"));
        byte[] body = [.. Encoding.ASCII.GetBytes("{\"a\": \""), 0xff, 0x00, 0xfe, .. Encoding.ASCII.GetBytes("\"}")];

        var answer = await _scene.SendAsync(InboundScene.PathOf("zapier-webhook", installation), body, ("X-Hera-Token", "token-of-acme-0001"));

        Assert.That(answer.Status, Is.EqualTo(200));
        Assert.That(
            await _scene.Database.ListAsync<string>("select encode(body, 'hex') from hera.inbound_requests"), Is.EqualTo(new[] { Convert.ToHexStringLower(body) }));
    }

    private static object HubSpot(string portal) => new { client_id = "c", client_secret = Secret, portal_id = portal };

    private static object WhatsApp(string number) => new
    {
        access_token = "t",
        phone_number_id = number,
        business_account_id = "b",
        webhook_verify_token = "verify",
        app_secret = Secret,
    };

    private static object Meta(string page) => new { app_id = "1", app_secret = Secret, webhook_verify_token = "verify", page_id = page };

    private static object Zapier(string token) => new { webhook_url = "https://hooks.zapier.com/hooks/catch/1/abc/", inbound_token = token };
}
