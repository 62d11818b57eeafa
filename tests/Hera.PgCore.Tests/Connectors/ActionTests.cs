using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hera.PgCore.Tests.Outbox;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Connectors;

/// <summary>Each action of the five connectors as it stands on the wire, and what becomes of it.</summary>
public sealed class ActionTests
{
    private const string Proof = "444534b94bec5f8eba87d68756cc5c58f66682f7bfd2bbe37bb659c20baa1609";
    private const string Bearer = "Authorization: Bearer ";

    private ActionScene _scene = null!;

    private static readonly ActionCase[] Cases =
    [
        new("whatsapp-business-cloud", "send_text", """{"to": "16505551234", "body": "caf\u00e9 \"1\""}""",
            "POST /v26.0/106540352242922/messages",
            """{"messaging_product": "whatsapp", "to": "16505551234", "type": "text", "text": {"body": "caf\u00e9 \"1\""}, "biz_opaque_callback_data": "HERA_ID"}""",
            [Bearer + "wa-token-canary"], """{"messages": [{"id": "wamid.A1"}]}""", """{"message_id": "wamid.A1"}"""),
        new("whatsapp-business-cloud", "send_template", """{"to": "16505550000", "name": "hello", "language": "en_US"}""",
            "POST /v26.0/106540352242922/messages",
            """{"messaging_product": "whatsapp", "to": "16505550000", "type": "template", "template": {"name": "hello", "language": {"code": "en_US"}, "components": []}, "biz_opaque_callback_data": "HERA_ID"}""",
            [Bearer + "wa-token-canary"], """{"messages": [{"id": "wamid.A2"}]}""", """{"message_id": "wamid.A2"}"""),
        new("whatsapp-business-cloud", "mark_read", """{"message_id": "wamid.IN"}""",
            "POST /v26.0/106540352242922/messages",
            """{"messaging_product": "whatsapp", "status": "read", "message_id": "wamid.IN"}""",
            [Bearer + "wa-token-canary"], """{"success": true}""", "{}"),
        new("linkedin-api", "create_post", """{"text": "a|b {c} @[d](e) <f> #g *h* _i_ ~j~ \\k"}""",
            "POST /rest/posts",
            """{"author": "urn:li:organization:2414183", "commentary": "a\\|b \\{c\\} \\@\\[d\\]\\(e\\) \\<f\\> \\#g \\*h\\* \\_i\\_ \\~j\\~ \\\\k", "visibility": "PUBLIC", "distribution": {"feedDistribution": "MAIN_FEED"}, "lifecycleState": "PUBLISHED"}""",
            [Bearer + "li-token-canary", "Linkedin-Version: 202607", "X-Restli-Protocol-Version: 2.0.0"], "", """{"post_urn": "urn:li:share:7"}""",
            Status: "201 Created\r\nx-restli-id: urn:li:share:7"),
        new("linkedin-api", "fetch_lead", """{"id": "urn:li:leadGenFormResponse:9a1c-7"}""",
            "GET /rest/leadFormResponses/9a1c-7", null,
            [Bearer + "li-token-canary", "Linkedin-Version: 202607"], """{"id": "9a1c-7"}""", """{"lead": {"id": "9a1c-7"}}"""),
        new("linkedin-api", "subscribe_leads", """{"webhook": "https://hera.example/in"}""",
            "POST /rest/leadNotifications",
            """{"webhook": "https://hera.example/in", "owner": {"sponsoredAccount": "urn:li:sponsoredAccount:520866471"}, "leadType": "SPONSORED"}""",
            [Bearer + "li-token-canary"], "{}", "{}", Status: "201 Created"),
        new("meta-graph-api", "send_page_message", """{"recipient_id": "7643", "text": "hi"}""",
            $"POST /v26.0/153125381133/messages?access_token=EAATESTTOKEN&appsecret_proof={Proof}",
            """{"recipient": {"id": "7643"}, "messaging_type": "RESPONSE", "message": {"text": "hi"}}""",
            [], """{"message_id": "m_1"}""", """{"message_id": "m_1"}"""),
        new("meta-graph-api", "publish_post", """{"message": "new"}""",
            $"POST /v26.0/153125381133/feed?access_token=EAATESTTOKEN&appsecret_proof={Proof}",
            """{"message": "new"}""", [], """{"id": "153_9"}""", """{"post_id": "153_9"}"""),
        new("meta-graph-api", "fetch_lead", """{"leadgen_id": "12/../3"}""",
            $"GET /v26.0/12%2F..%2F3?access_token=EAATESTTOKEN&appsecret_proof={Proof}&fields=field_data,created_time,ad_id,form_id",
            null, [], """{"field_data": [1]}""", """{"lead": {"field_data": [1]}}"""),
        new("meta-graph-api", "subscribe_page", "{}",
            $"POST /v26.0/153125381133/subscribed_apps?access_token=EAATESTTOKEN&appsecret_proof={Proof}&subscribed_fields=messages,feed,leadgen,mention",
            null, [], """{"success": true}""", "{}"),
        new("hubspot-crm", "upsert_contact", """{"email": "a@b.c", "properties": {"firstname": "A"}}""",
            "POST /crm/objects/2026-09/contacts/batch/upsert",
            """{"inputs": [{"idProperty": "email", "id": "a@b.c", "properties": {"firstname": "A"}, "objectWriteTraceId": "HERA_ID"}]}""",
            [Bearer + "hs-token-canary"], """{"results": [{"id": "51"}]}""", """{"contact_id": "51"}"""),
        new("hubspot-crm", "create_deal", """{"properties": {"dealname": "d"}}""",
            "POST /crm/objects/2026-09/deals", """{"properties": {"dealname": "d"}}""",
            [Bearer + "hs-token-canary"], """{"id": "9"}""", """{"deal_id": "9"}""", Status: "201 Created"),
        new("hubspot-crm", "update_company", """{"company_id": "5 5", "properties": {"name": "n"}}""",
            "PATCH /crm/objects/2026-09/companies/5%205", """{"properties": {"name": "n"}}""",
            [Bearer + "hs-token-canary"], """{"id": "55"}""", """{"company_id": "55"}"""),
        new("hubspot-crm", "submit_form", """{"form_guid": "g-1", "fields": [{"name": "email", "value": "a@b.c"}]}""",
            "POST /forms/submissions/v3/integration/secure/submit/33/g-1", """{"fields": [{"name": "email", "value": "a@b.c"}]}""",
            [Bearer + "hs-token-canary"], """{"inlineMessage": "ok"}""", "{}"),
        new("zapier-webhook", "trigger_zap", """{"event": "invoice.paid", "data": {"total": 12.5}}""",
            "POST /hooks/catch/1/zap-canary/", """{"id": "HERA_ID", "event": "invoice.paid", "data": {"total": 12.5}}""",
            ["Authorization: Basic emFwOmNhbmFyeQ=="], """{"request_id": "r"}""", """{"request_id": "r"}""", Type: "trigger_sent"),
    ];

    [SetUp]
    public async Task StartAsync() => _scene = await ActionScene.CreateAsync();

    [TearDown]
    public async Task StopAsync() => await _scene.DisposeAsync();

    [Test]
    public async Task Every_action_is_on_the_wire_as_its_definition_says()
    {
        await using var provider = RawReceiver.Start((request, stream) =>
        {
            var action = Cases.First(action => request.Lines[0] == action.Line + " HTTP/1.1" && (action.Body is null) == (request.Body.Length == 0)
                && (action.Code != "whatsapp-business-cloud" || Contains(request, action)));
            var answer = Encoding.UTF8.GetByteCount(action.Answer);
            return RawReceiver.WriteAsync(stream, string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {action.Status}\r\nSet-Cookie: a=b\r\nContent-Length: {answer}\r\n\r\n{action.Answer}"));
        });
        await _scene.InstallAllAsync($"http://127.0.0.1:{provider.Port}");
        var calls = new List<(ActionCase Action, Guid Delivery)>();
        foreach (var action in Cases)
            calls.Add((action, await _scene.CallAsync(action.Code, action.Action, action.Input)));

        await _scene.DeliverAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(provider.Requests, Has.Count.EqualTo(Cases.Length));
            foreach (var (action, delivery) in calls)
            {
                var body = action.Body?.Replace("HERA_ID", delivery.ToString(), StringComparison.Ordinal);
                var sent = provider.Requests.Where(request => request.Lines[0] == action.Line + " HTTP/1.1" && Same(request.Body, body)).ToList();
                Assert.That(sent, Has.Count.EqualTo(1), $"{action.Code} {action.Action}: {string.Join(" | ", provider.Requests.Select(request => request.Lines[0] + " " + Encoding.UTF8.GetString(request.Body)))}");
                if (sent.Count != 1)
                    continue;
                foreach (var header in action.Headers)
                    Assert.That(sent[0].Header(header.Split(": ")[0]), Is.EqualTo(header.Split(": ")[1]), action.Action);
                Assert.That(sent[0].Header("Content-Type"), Is.EqualTo(body is null ? null : "application/json"));
                Assert.That(sent[0].Lines.Where(line => line.StartsWith("webhook-", StringComparison.OrdinalIgnoreCase) || line.StartsWith("x-hera", StringComparison.OrdinalIgnoreCase)), Is.Empty);
                var (type, data) = await _scene.OutcomeAsync(delivery);
                Assert.That(type, Is.EqualTo(action.Type ?? $"action.{action.Action}.succeeded"), data.ToJsonString());
                Assert.That(JsonNode.DeepEquals(data["result"], JsonNode.Parse(action.Result)), Is.True, data.ToJsonString());
            }

            Assert.That(await _scene.Outbox.CountAsync("hera.dead_letters"), Is.Zero);
        }
    }

    [Test]
    public async Task Every_action_of_the_five_is_in_the_table()
    {
        var defined = await _scene.Outbox.Database.ListAsync<string>("""
            select e.entity_code || ' ' || (a ->> 'code') from core_entities e
            join core_dynamic_data d on d.entity_id = e.id and d.field_name = 'connector_config'
            cross join jsonb_array_elements(d.field_value_json -> 'actions') a
            where e.entity_type = 'INTEGRATION_CONNECTOR_DEF'
              and e.entity_code in ('whatsapp-business-cloud', 'linkedin-api', 'meta-graph-api', 'hubspot-crm', 'zapier-webhook')
            """);
        Assert.That(Cases.Select(action => $"{action.Code} {action.Action}"), Is.EquivalentTo(defined));
    }

    [Test]
    public async Task A_call_without_an_answer_is_not_made_again_by_itself_where_that_would_do_harm()
    {
        await using var resets = RawReceiver.Start((_, stream) =>
        {
            stream.Close();
            return Task.CompletedTask;
        });
        await _scene.InstallAllAsync($"http://127.0.0.1:{resets.Port}");
        var post = await _scene.CallAsync("meta-graph-api", "publish_post", """{"message": "once"}""");
        var upsert = await _scene.CallAsync("hubspot-crm", "upsert_contact", """{"email": "a@b.c"}""");

        await _scene.DeliverAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(resets.Requests, Has.Count.EqualTo(2));
            Assert.That((await _scene.OutcomeAsync(post)).Type, Is.EqualTo("action.publish_post.unknown"));
            Assert.That(await _scene.Outbox.CountAsync($"hera.dead_letters where delivery_id = '{post}' and reason = 'outcome_unknown'"), Is.EqualTo(1));
            Assert.That(await _scene.Outbox.CountAsync($"hera.outbox_scheduled where delivery_id = '{upsert}' and attempt = 2"), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task A_provider_that_hangs_leaves_the_outcome_unknown_and_one_that_is_not_there_does_not()
    {
        Guid deal;
        await using (var hanging = RawReceiver.Start((_, _) => Task.Delay(Timeout.Infinite)))
        {
            await _scene.InstallAllAsync($"http://127.0.0.1:{hanging.Port}");
            await _scene.Outbox.Database.ExecuteAsync("update hera.webhooks set timeout_ms = 500 where kind = 'channel'");
            deal = await _scene.CallAsync("hubspot-crm", "create_deal", """{"properties": {}}""");
            await _scene.DeliverAsync();
        }

        var second = await _scene.CallAsync("hubspot-crm", "create_deal", """{"properties": {"n": 2}}""");
        await _scene.DeliverAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That((await _scene.OutcomeAsync(deal)).Data["error"]!["code"]!.GetValue<string>(), Is.EqualTo("timeout"));
            Assert.That((await _scene.OutcomeAsync(deal)).Type, Is.EqualTo("action.create_deal.unknown"));
            Assert.That(await _scene.Outbox.CountAsync($"hera.outbox_scheduled where delivery_id = '{second}'"), Is.EqualTo(1), "nothing was sent, so it is tried again");
        }
    }

    [Test]
    public async Task A_host_that_is_killed_in_the_middle_of_a_call_leaves_it_unknown_and_what_is_natural_is_made_again()
    {
        var holding = true;
        await using var provider = RawReceiver.Start((_, stream) =>
            Volatile.Read(ref holding) ? Task.Delay(Timeout.Infinite) : RawReceiver.WriteAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"));
        await _scene.InstallAllAsync($"http://127.0.0.1:{provider.Port}");
        var zap = await _scene.CallAsync("zapier-webhook", "trigger_zap", """{"event": "once"}""");
        var read = await _scene.CallAsync("whatsapp-business-cloud", "mark_read", """{"message_id": "w"}""");
        await using (var killed = HostProcess.Start(_scene.Outbox.Database.ConnectionString))
        {
            await _scene.Outbox.UntilAsync(() => provider.Requests.Count == 2, "both calls are under way");
            await killed.KillAsync();
        }

        Volatile.Write(ref holding, false);
        await _scene.Outbox.ExpireLeasesAsync();
        await _scene.DeliverAsync();
        await _scene.Outbox.Database.ExecuteAsync("update hera.outbox_scheduled set due_at = now()");
        await _scene.DeliverAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That((await _scene.OutcomeAsync(zap)).Data["error"]!["code"]!.GetValue<string>(), Is.EqualTo("lease_lost"));
            Assert.That((await _scene.OutcomeAsync(read)).Type, Is.EqualTo("action.mark_read.succeeded"));
            Assert.That(provider.Requests.Count(request => request.Lines[0].Contains("/hooks/", StringComparison.Ordinal)), Is.EqualTo(1));
            Assert.That(provider.Requests, Has.Count.EqualTo(3));
        }
    }

    [Test]
    public async Task Redirects_are_not_followed_and_the_guard_stands_before_providers_too()
    {
        await using var elsewhere = RawReceiver.StartWith("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        await using var provider = RawReceiver.StartWith($"HTTP/1.1 307 Temporary Redirect\r\nLocation: {elsewhere.Url}\r\nContent-Length: 0\r\n\r\n");
        await _scene.InstallAllAsync($"http://127.0.0.1:{provider.Port}");
        var redirected = await _scene.CallAsync("hubspot-crm", "create_deal", """{"properties": {}}""");
        await _scene.DeliverAsync();
        await _scene.Outbox.Database.ExecuteAsync("""select hera_platform_settings_v1('{"allow_http": false, "allowed_networks": []}')""");
        var blocked = await _scene.CallAsync("hubspot-crm", "create_deal", """{"properties": {"n": 2}}""");
        await _scene.DeliverAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(elsewhere.Requests, Is.Empty);
            Assert.That(provider.Requests, Has.Count.EqualTo(1));
            Assert.That((await _scene.OutcomeAsync(redirected)).Data["error"]!["code"]!.GetValue<string>(), Is.EqualTo("http_307"));
            Assert.That((await _scene.OutcomeAsync(blocked)).Data["error"]!["code"]!.GetValue<string>(), Is.EqualTo("blocked_address"));
            Assert.That(await _scene.Outbox.CountAsync($"hera.dead_letters where delivery_id = '{blocked}' and status = 'blocked'"), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task No_secret_of_an_installation_is_kept_or_told_even_where_the_provider_repeats_it()
    {
        await using var provider = RawReceiver.Start((request, stream) =>
        {
            var echo = JsonSerializer.Serialize(new { error = new { code = 100, message = request.Head + " " + Encoding.UTF8.GetString(request.Body) } });
            return RawReceiver.WriteAsync(stream, string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 400 Bad Request\r\nContent-Length: {Encoding.UTF8.GetByteCount(echo)}\r\n\r\n{echo}"));
        });
        await _scene.InstallAllAsync($"http://127.0.0.1:{provider.Port}");
        foreach (var action in Cases)
            await _scene.CallAsync(action.Code, action.Action, action.Input);
        await _scene.DeliverAsync();

        Assert.That(provider.Requests, Has.Count.EqualTo(Cases.Length));
        foreach (var table in new[] { "attempts", "dead_letters", "events", "outbox_scheduled", "audit_log", "core_dynamic_data", "webhooks", "core_entities" })
        {
            Assert.That(
                await _scene.Outbox.CountAsync($"hera.{table} t where organization_id <> '00000000-0000-0000-0000-000000000000' and t::text ~ '{Proof}|token-canary|zap-canary|EAATESTTOKEN|secret-canary|meta-app-secret-0001|emFwOmNhbmFyeQ|verify-canary'"), Is.Zero, table);
        }
    }

    private static bool Contains(RawRequest request, ActionCase action)
    {
        var sent = JsonNode.Parse(request.Body)!;
        var expected = JsonNode.Parse(action.Body!)!;
        return JsonNode.DeepEquals(sent["type"], expected["type"]) && JsonNode.DeepEquals(sent["status"], expected["status"]);
    }

    private static bool Same(byte[] sent, string? expected) =>
        expected is null ? sent.Length == 0 : sent.Length > 0 && JsonNode.DeepEquals(JsonNode.Parse(sent), JsonNode.Parse(expected));

    private sealed record ActionCase(
        string Code, string Action, string Input, string Line, string? Body, string[] Headers, string Answer, string Result, string Status = "200 OK", string? Type = null);
}
