using Hera.PgCore.Tests.Http;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Inbound;

/// <summary>Which requests of providers are taken, over HTTP. The signatures are the providers' own or were made by another program.</summary>
public sealed class VerificationTests
{
    private const string MetaBody = """{"object":"page","entry":[{"id":"1","time":1767225600,"changes":[{"field":"leadgen","value":{"leadgen_id":"444","page_id":"1","note":"caf\u00e9 1\/2"}}]}]}""";
    private const string MetaSignature = "sha256=51ff02353a9429c2cae9a2bc457eb064343efd50f16f6c84157ce09b64b7482f";
    private const string MetaReserialized = "sha256=ec06ba568f53e82e7991630da51d81e17615e7025fd368d36f26f7d3e68206d8";
    private const string LinkedInBody = """{"type":"LEAD_ACTION","leadGenFormResponse":"urn:li:leadGenFormResponse:9a1c0f6e-2b7d-4f55-9d6e-1f2a3b4c5d6e-7","leadType":"SPONSORED","leadAction":"CREATED","occurredAt":1767225600000}""";
    private const string LinkedInSignature = "0a24cb3ea2bd1a4d6f747c8ebc57736cee0b24fe61991997ff58acb7b8011344";
    private const string LinkedInPlain = "accd48c8570ae186fd31378912699f19161a5f0998fc8faf95e40255ff3ebb13";
    private const string HubSpotSecret = "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy";
    private const string HubSpotBody = """[{"eventId":1,"subscriptionId":12345,"portalId":62515,"occurredAt":1564113600000,"subscriptionType":"contact.creation","attemptNumber":0,"objectId":123,"changeSource":"CRM","changeFlag":"NEW","appId":54321}]""";
    private const string HubSpotV1 = "232db2615f3d666fe21a8ec971ac7b5402d33b9a925784df3ca654d05f4817de";
    private const string ZapierBody = """{"id":"evt_01","event":"invoice.paid","total":12.5}""";
    private const string ZapierSignature = "t=1767225600,v1=39abb1e21cd7d8c5d208cb4626e30e348730f19f991cd4463514f45967f841cc";
    private const string Canary = "canary-of-a-secret-0001";

    private InboundScene _scene = null!;
    private Tenant _tenant = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _scene = await InboundScene.CreateAsync();
        _tenant = await Tenant.CreateAsync(_scene.Database);
    }

    [TearDown]
    public async Task StopAsync() => await _scene.DisposeAsync();

    [TestCase(MetaSignature, 200)]
    [TestCase(MetaReserialized, 401)]
    [TestCase("sha256=51ff02353a9429c2cae9a2bc457eb064343efd50f16f6c84157ce09b64b74820", 401)]
    [TestCase("", 401)]
    public async Task Meta(string signature, int status)
    {
        var meta = await _scene.InstallAsync(_tenant, "meta-graph-api", new { app_id = "1", app_secret = "meta-app-secret-0001", webhook_verify_token = "v", page_id = "1" });
        var whatsApp = await _scene.InstallAsync(_tenant, "whatsapp-business-cloud", WhatsApp("meta-app-secret-0001"));

        Assert.That((await _scene.SendAsync(InboundScene.PathOf("meta-graph-api"), MetaBody, ("X-Hub-Signature-256", signature))).Status, Is.EqualTo(status));
        Assert.That((await _scene.SendAsync(InboundScene.PathOf("meta-graph-api", meta), MetaBody, ("X-Hub-Signature-256", signature))).Status, Is.EqualTo(status));
        Assert.That((await _scene.SendAsync(InboundScene.PathOf("whatsapp-business-cloud", whatsApp), MetaBody, ("X-Hub-Signature-256", signature))).Status, Is.EqualTo(status));
        Assert.That((await _scene.SendAsync(InboundScene.PathOf("meta-graph-api"), MetaBody, ("X-Hub-Signature", "sha1=0123456789abcdef0123456789abcdef01234567"))).Status, Is.EqualTo(401), "SHA-1 counts for nothing");
    }

    [TestCase(LinkedInSignature, 200)]
    [TestCase("hmacsha256=" + LinkedInSignature, 200)]
    [TestCase(LinkedInPlain, 401)]
    public async Task LinkedIn(string signature, int status)
    {
        var installation = await _scene.InstallAsync(_tenant, "linkedin-api", new { client_id = "c", client_secret = "li-client-secret-0001" });

        Assert.That((await _scene.SendAsync(InboundScene.PathOf("linkedin-api"), LinkedInBody, ("X-LI-Signature", signature))).Status, Is.EqualTo(status));
        Assert.That((await _scene.SendAsync(InboundScene.PathOf("linkedin-api", installation), LinkedInBody, ("X-LI-Signature", signature))).Status, Is.EqualTo(status));
    }

    [Test]
    public async Task HubSpot_decodes_twelve_codes_of_the_address_before_it_signs()
    {
        const string Query = "?email=a%40b.com&path=%2Fx%2Fy&q=a%20b%26c%3D1&raw=%253A";
        await _scene.InstallAsync(_tenant, "hubspot-crm", HubSpot());
        var path = InboundScene.PathOf("hubspot-crm");
        var time = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        Task<Answer> Send(string query) => _scene.SendAsync(
            path + Query,
            HubSpotBody,
            ("X-HubSpot-Signature-v3", InboundScene.Base64(HubSpotSecret, $"POST{InboundScene.Origin}{path}{query}{HubSpotBody}{time}")),
            ("X-HubSpot-Request-Timestamp", $"{time}"));

        Assert.That((await Send("?email=a@b.com&path=/x/y&q=a%20b%26c%3D1&raw=%253A")).Status, Is.EqualTo(200));
        Assert.That((await Send(Query)).Status, Is.EqualTo(401), "undecoded");
        Assert.That((await Send("?email=a@b.com&path=/x/y&q=a b&c=1&raw=%3A")).Status, Is.EqualTo(401), "decoded in full");
    }

    [TestCase(299, 200)]
    [TestCase(301, 401)]
    [TestCase(-301, 401)]
    public async Task HubSpot_refuses_what_is_old_and_what_is_to_come(int seconds, int status)
    {
        await _scene.InstallAsync(_tenant, "hubspot-crm", HubSpot());

        Assert.That((await _scene.HubSpotAsync(InboundScene.PathOf("hubspot-crm"), HubSpotBody, HubSpotSecret, TimeSpan.FromSeconds(seconds))).Status, Is.EqualTo(status));
    }

    [Test]
    public async Task HubSpots_older_signatures_count_only_where_they_are_switched_on_and_never_in_place_of_a_newer()
    {
        await _scene.InstallAsync(_tenant, "hubspot-crm", HubSpot());
        var path = InboundScene.PathOf("hubspot-crm");
        (string, string)[] v1 = [("X-HubSpot-Signature", HubSpotV1), ("X-HubSpot-Signature-Version", "v1")];
        var before = await _scene.SendAsync(path, HubSpotBody, v1);
        await _scene.Database.ExecuteAsync($$"""
            select hera_integration_connector_v1('{{Tenant.SystemActor}}', '{{Guid.Empty}}', 'UPDATE_DEFINITION', null, 'hubspot-crm', jsonb_build_object('inbound', jsonb_build_object(
              'verify', (select jsonb_agg(v || '{"enabled": true}') from core_dynamic_data d join core_entities e on e.id = d.entity_id and e.entity_code = 'hubspot-crm'
                cross join jsonb_array_elements(d.field_value_json #> '{inbound,verify}') v where d.field_name = 'connector_config'))))
            """);

        Assert.That(before.Status, Is.EqualTo(401));
        Assert.That((await _scene.SendAsync(path, HubSpotBody, v1)).Status, Is.EqualTo(200));
        Assert.That(
            (await _scene.SendAsync(path, HubSpotBody, [.. v1, ("X-HubSpot-Signature-v3", "TT+Iwr8k5CYrUppjgQTxIC1o4NzJ7hQNLx3D+XDGKAc="), ("X-HubSpot-Request-Timestamp", "1767225600000")])).Status,
            Is.EqualTo(401));
    }

    [TestCase("X-Hera-Token", "zap-shared-secret-0001", 200)]
    [TestCase("X-Hera-Token", "zap-shared-secret-0002", 401)]
    [TestCase("X-Hera-Token", "", 401)]
    [TestCase("Authorization", "Basic emFwOnphcC1zaGFyZWQtc2VjcmV0LTAwMDE=", 200)]
    [TestCase("Authorization", "Basic emFwOnphcC1zaGFyZWQtc2VjcmV0LTAwMDI=", 401)]
    [TestCase("Authorization", "Basic ???", 401)]
    [TestCase("Authorization", "Bearer zap-shared-secret-0001", 401)]
    [TestCase("X-Hera-Signature", ZapierSignature, 401)]
    public async Task Zapier(string header, string value, int status)
    {
        await _scene.InstallAsync(_tenant, "zapier-webhook", Zapier());

        Assert.That((await _scene.SendAsync(InboundScene.PathOf("zapier-webhook"), ZapierBody, (header, value))).Status, Is.EqualTo(status));
    }

    [TestCase(ZapierSignature, 200)]
    [TestCase("t=1767225601,v1=39abb1e21cd7d8c5d208cb4626e30e348730f19f991cd4463514f45967f841cc", 401)]
    public async Task Zapiers_code_step_signs_the_time(string signature, int status)
    {
        await _scene.InstallAsync(_tenant, "zapier-webhook", Zapier());
        await _scene.Database.ExecuteAsync("create or replace function hera_internal.now() returns timestamptz language sql volatile return timestamptz '2026-01-01 00:01:00+00'");

        Assert.That((await _scene.SendAsync(InboundScene.PathOf("zapier-webhook"), ZapierBody, ("X-Hera-Signature", signature))).Status, Is.EqualTo(status));
    }

    [TestCase("v", "1158201444", 200, "1158201444")]
    [TestCase("w", "1158201444", 403, null)]
    [TestCase("", "1158201444", 403, null)]
    public async Task Meta_and_WhatsApp_are_answered_with_their_challenge(string token, string challenge, int status, string? text)
    {
        var installation = await _scene.InstallAsync(_tenant, "whatsapp-business-cloud", WhatsApp("s"));
        foreach (var path in (string[])[InboundScene.PathOf("whatsapp-business-cloud"), InboundScene.PathOf("whatsapp-business-cloud", installation)])
        {
            var answer = await _scene.Host.GetAsync($"{path}?hub.mode=subscribe&hub.verify_token={token}&hub.challenge={challenge}");

            Assert.That(answer.Status, Is.EqualTo(status), answer.Text);
            if (text is not null)
                Assert.That((answer.Text, answer.ContentType), Is.EqualTo((text, "text/plain")));
        }
    }

    [Test]
    public async Task LinkedIns_challenge_is_signed_and_nothing_else()
    {
        var installation = await _scene.InstallAsync(_tenant, "linkedin-api", new { client_id = "c", client_secret = "li-client-secret-0001" });
        foreach (var path in (string[])[InboundScene.PathOf("linkedin-api"), InboundScene.PathOf("linkedin-api", installation)])
        {
            var answer = await _scene.Host.GetAsync(path + "?challengeCode=890e4665-4dfe-4ab1-b689-ed553bceeed0");
            var oracle = await _scene.Host.GetAsync(path + "?challengeCode=" + Uri.EscapeDataString("hmacsha256=" + LinkedInBody));
            var lines = await _scene.Host.GetAsync(path + "?challengeCode=" + Uri.EscapeDataString("hmacsha256={}\n890e4665-4dfe-4ab1-b689-ed553bceeed0"));

            Assert.That((answer.Status, answer.ContentType), Is.EqualTo((200, "application/json")));
            Assert.That(answer.Json["challengeResponse"]!.GetValue<string>(), Is.EqualTo("9fd114520af20742922401dbe41c9ef0a6b4622c4b173ac75badc39722ff02e4"));
            Assert.That((oracle.Status, lines.Status), Is.EqualTo((400, 400)));
            Assert.That(oracle.Text + lines.Text, Does.Not.Contain(LinkedInSignature));
        }
    }

    [Test]
    public async Task Whoever_cannot_sign_is_told_the_same_whatever_is_wrong()
    {
        var other = await Tenant.CreateAsync(_scene.Database);
        var mine = await _scene.InstallAsync(_tenant, "hubspot-crm", HubSpot());
        var theirs = await _scene.InstallAsync(other, "hubspot-crm", new { client_id = "c", client_secret = "of-another", portal_id = "1" });
        var zapier = await _scene.InstallAsync(_tenant, "zapier-webhook", Zapier());

        Answer[] answers =
        [
            await _scene.SendAsync(InboundScene.PathOf("hubspot-crm"), HubSpotBody),
            await _scene.SendAsync(InboundScene.PathOf("hubspot-crm", mine), HubSpotBody),
            await _scene.HubSpotAsync(InboundScene.PathOf("hubspot-crm"), HubSpotBody, "wrong"),
            await _scene.HubSpotAsync(InboundScene.PathOf("hubspot-crm", mine), "no JSON", "wrong"),
            await _scene.HubSpotAsync(InboundScene.PathOf("hubspot-crm", theirs), HubSpotBody, HubSpotSecret),
            await _scene.HubSpotAsync(InboundScene.PathOf("hubspot-crm", zapier), HubSpotBody, HubSpotSecret),
            await _scene.HubSpotAsync(InboundScene.PathOf("hubspot-crm", Guid.NewGuid()), HubSpotBody, HubSpotSecret),
            await _scene.HubSpotAsync(InboundScene.PathOf("hubspot-crm", mine), HubSpotBody, HubSpotSecret, TimeSpan.FromHours(1)),
            await _scene.Host.GetAsync(InboundScene.PathOf("hubspot-crm", mine)),
        ];

        Assert.That(answers.Select(WithoutId).Distinct().Count(), Is.EqualTo(1), string.Join('\n', answers.Select(answer => answer.Text)));
        Assert.That((answers[0].Status, answers[0].Error), Is.EqualTo((401, "invalid_signature")));
        Assert.That(await _scene.Database.ListAsync<int>("select count(*)::int from hera.inbound_requests"), Is.EqualTo(new[] { 0 }), "what is not authentic is not kept");
    }

    [Test]
    public async Task An_unknown_connector_and_a_body_that_is_too_large_are_told_before_a_signature_is_looked_at()
    {
        await _scene.InstallAsync(_tenant, "hubspot-crm", HubSpot());

        Assert.That((await _scene.SendAsync(InboundScene.PathOf("nobodys"), "{}")).Status, Is.EqualTo(404));
        Assert.That((await _scene.SendAsync(InboundScene.PathOf("hubspot-crm"), new byte[1048577])).Status, Is.EqualTo(413));
        Assert.That((await _scene.SendAsync(InboundScene.PathOf("hubspot-crm"), new byte[1048576])).Status, Is.EqualTo(401));
        Assert.That((await _scene.SendAsync(InboundScene.PathOf("hubspot-crm"), new byte[5 * 1048576])).Status, Is.EqualTo(413));
    }

    [TestCase("/functions/v1/api-v2")]
    [TestCase("/functions/v1/api-v2/api/v2")]
    public async Task The_addresses_of_the_edge_functions_answer_too(string prefix)
    {
        await _scene.InstallAsync(_tenant, "zapier-webhook", Zapier());

        Assert.That(
            (await _scene.SendAsync(prefix + "/integrations/inbound/zapier-webhook", ZapierBody, ("X-Hera-Token", "zap-shared-secret-0001"))).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task No_secret_of_a_request_is_kept_or_logged()
    {
        await _scene.InstallAsync(_tenant, "zapier-webhook", new { webhook_url = "https://hooks.zapier.com/hooks/catch/1/abc/", inbound_token = Canary });
        await _scene.InstallAsync(_tenant, "generic-webhook", new { token = Canary, token_header = "X-Unsuspicious" });
        var whatsApp = await _scene.InstallAsync(_tenant, "whatsapp-business-cloud", new
        {
            access_token = "t",
            phone_number_id = "1",
            business_account_id = "b",
            webhook_verify_token = Canary,
            app_secret = "s",
        });
        (string, string)[] more = [("Authorization", "Bearer " + Canary), ("Cookie", "a=" + Canary), ("X-Api-Key", Canary), ("X-Auth-Token", Canary)];

        Answer[] answers =
        [
            await _scene.SendAsync(InboundScene.PathOf("zapier-webhook") + "?api_key=" + Canary, "{}", [.. more, ("X-Hera-Token", Canary)]),
            await _scene.SendAsync(InboundScene.PathOf("generic-webhook"), "{}", ("X-Unsuspicious", Canary)),
            await _scene.MetaAsync(InboundScene.PathOf("whatsapp-business-cloud", whatsApp) + "?hub.verify_token=" + Canary, "{}", "s"),
            await _scene.Host.GetAsync(InboundScene.PathOf("whatsapp-business-cloud") + "?hub.mode=subscribe&hub.challenge=1&hub.verify_token=" + Canary),
            await _scene.Host.GetAsync("/api/v2/integrations/inbound-requests", _tenant.Token, _tenant.Header),
        ];

        Assert.That(answers.Select(answer => answer.Status), Is.All.EqualTo(200));
        Assert.That(answers[^1].Data["requests"]!.AsArray(), Has.Count.EqualTo(3));
        Assert.That(string.Concat(answers.Select(answer => answer.Text)), Does.Not.Contain(Canary));
        Assert.That(
            await _scene.Database.ListAsync<string>($"select r::text from hera.inbound_requests r where r::text like '%{Canary}%'"), Is.Empty);
        Assert.That(_scene.Host.Log.Lines.Where(line => line.Contains(Canary, StringComparison.Ordinal)), Is.Empty);
        Assert.That(
            await _scene.Database.ListAsync<string>("select headers ->> 'x-hub-signature-256' from hera.inbound_requests where connector_code = 'whatsapp-business-cloud'"),
            Is.EqualTo(new[] { "sha256=" + InboundScene.Hex("s", "{}") }), "signatures are proof");
    }

    [Test]
    public async Task Development_may_take_what_is_not_signed_but_nothing_that_is_signed_wrongly()
    {
        await using var open = await InboundScene.CreateAsync(new() { ["WEBHOOK_SIGNATURE_REQUIRED"] = "false", ["OUTBOX_WORKER_ENABLED"] = "true" }, isDevelopment: true);
        var tenant = await Tenant.CreateAsync(open.Database);
        await open.InstallAsync(tenant, "hubspot-crm", new { client_id = "c", client_secret = HubSpotSecret, portal_id = "62515" });
        var path = InboundScene.PathOf("hubspot-crm");
        var unsigned = await Eventually.Async(() => open.SendAsync(path, HubSpotBody), answer => answer.Status == 200, 10);

        Assert.That(unsigned.Status, Is.EqualTo(200));
        Assert.That((await open.HubSpotAsync(path, HubSpotBody, "wrong")).Status, Is.EqualTo(401));
        Assert.That(await open.EventsAsync(tenant.Organization), Is.EqualTo(new[] { "contact_created processed" }));
    }

    [Test]
    public async Task The_trace_of_a_request_is_kept_with_its_events()
    {
        const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        await _scene.InstallAsync(_tenant, "zapier-webhook", Zapier());

        await _scene.SendAsync(
            InboundScene.PathOf("zapier-webhook"), ZapierBody, ("X-Hera-Token", "zap-shared-secret-0001"), ("traceparent", $"00-{Trace}-00f067aa0ba902b7-01"));

        Assert.That(await _scene.Database.ListAsync<string>("select split_part(traceparent, '-', 2) from hera.events"), Is.EqualTo(new[] { Trace }));
    }

    private static string WithoutId(Answer answer)
    {
        var body = answer.Json.AsObject();
        body.Remove("rid");
        return $"{answer.Status} {body.ToJsonString()} {string.Join(',', answer.Headers.Keys.Order(StringComparer.Ordinal))}";
    }

    private static object HubSpot() => new { client_id = "c", client_secret = HubSpotSecret, portal_id = "62515" };

    private static object Zapier() => new { webhook_url = "https://hooks.zapier.com/hooks/catch/1/abc/", inbound_token = "zap-shared-secret-0001" };

    private static object WhatsApp(string secret) => new
    {
        access_token = "t",
        phone_number_id = "1",
        business_account_id = "b",
        webhook_verify_token = "v",
        app_secret = secret,
    };
}
