using System.Text.Json;
using System.Text.Json.Nodes;
using Hera.PgCore.Tests.Infrastructure;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Http;

/// <summary>Every write that creates something may be repeated under its key, over HTTP.</summary>
public sealed class IdempotencyTests
{
    private const string Header = "Idempotency-Key";

    private TestDatabase _database = null!;
    private TestHost _host = null!;
    private Tenant _tenant = null!;
    private string _webhook = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _tenant = await Tenant.CreateAsync(_database);
        _host = await TestHost.StartAsync(_database, new() { ["OUTBOX_WORKER_ENABLED"] = "false" });
        var created = await PostAsync("integrations/webhooks", """{"operation": "CREATE", "webhook_config": {"url": "http://127.0.0.1:1/", "retry_policy": {"max_attempts": 1}}}""");
        _webhook = created.Data["webhook"]!["id"]!.GetValue<string>();
        await PostAsync("integrations/events", """{"event_source": "shop", "event_type": "order.paid"}""");
        await _host.SendAsync(HttpMethod.Post, "/outbox-worker/process", Tokens.For(Tenant.SystemActor));
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _host.DisposeAsync();
        await _database.DisposeAsync();
    }

    [TestCaseSource(nameof(Writes))]
    public async Task A_write_is_done_once_under_its_key(string path, string body, string otherBody)
    {
        var key = Guid.NewGuid().ToString();
        (body, otherBody) = (Complete(body), Complete(otherBody));

        var first = await PostAsync(path, body, (Header, key));
        var rows = await RowsAsync();
        var again = await PostAsync(path, body, (Header, key));
        var byOtherHeader = await PostAsync(path, body, ("X-" + Header, key));
        var byBody = await PostAsync(path, WithKey(body, key));
        var byAll = await PostAsync(path, WithKey(body, key), (Header, key), ("X-" + Header, key));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.Status, Is.EqualTo(200), first.Text);
            Assert.That(first.Data["duplicate"]!.GetValue<bool>(), Is.False);
            Assert.That(await RowsAsync(), Is.EqualTo(rows), "nothing is written");
            foreach (var repeated in new[] { again, byOtherHeader, byBody, byAll })
            {
                Assert.That((repeated.Status, repeated.Data["duplicate"]?.GetValue<bool>()), Is.EqualTo((200, true)), repeated.Text);
                Assert.That(Ids(repeated.Data), Is.EqualTo(Ids(first.Data)));
            }
        }

        var other = await PostAsync(path, otherBody, (Header, key));
        var contradiction = await PostAsync(path, WithKey(body, "another"), (Header, key));
        var twoHeaders = await PostAsync(path, body, (Header, key), ("X-" + Header, "another"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((other.Status, other.Error), Is.EqualTo((422, "idempotency.mismatch")), other.Text);
            Assert.That((contradiction.Status, contradiction.Error), Is.EqualTo((400, "invalid_argument")), contradiction.Text);
            Assert.That((twoHeaders.Status, twoHeaders.Error), Is.EqualTo((400, "invalid_argument")), twoHeaders.Text);
        }
    }

    [TestCase("integrations/webhooks", """{"operation": "CREATE", "webhook_config": {"url": "https://example.com/raced"}}""", "core_entities where entity_type = 'INTEGRATION_WEBHOOK'")]
    [TestCase("integrations/events", """{"event_source": "raced", "event_type": "once"}""", "core_entities where entity_type = 'INTEGRATION_EVENT'")]
    [TestCase("transactions", """{"transaction": {"transaction_type": "raced", "smart_code": "HERA.FINANCE.TXN.RACE.v1"}}""", "universal_transactions where true")]
    public async Task Of_64_callers_one_writes(string path, string body, string table)
    {
        var key = Guid.NewGuid().ToString();
        var count = $"select count(*)::int from {table} and organization_id = '{_tenant.Organization}'";
        var before = await _database.ScalarAsync<int>(count);

        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => PostAsync(path, body, (Header, key))));

        Assert.That(answers.Select(answer => answer.Status), Is.All.EqualTo(200));
        Assert.That(answers.Count(answer => !answer.Data["duplicate"]!.GetValue<bool>()), Is.EqualTo(1));
        Assert.That(answers.Select(answer => Ids(answer.Data)).Distinct().Count(), Is.EqualTo(1));
        Assert.That(await _database.ScalarAsync<int>(count), Is.EqualTo(before + 1));
    }

    [Test]
    public async Task A_key_is_of_one_organization_and_one_function()
    {
        const string Webhook = """{"operation": "CREATE", "webhook_config": {"url": "https://example.com/same"}}""";
        var key = Guid.NewGuid().ToString();
        var other = await Tenant.CreateAsync(_database);

        var mine = await PostAsync("integrations/webhooks", Webhook, (Header, key));
        var theirs = await _host.PostAsync("/api/v2/integrations/webhooks", other.Token, Webhook, (Header, key));
        var apiKey = await PostAsync("integrations/api-keys", """{"operation": "CREATE", "api_key": {"name": "same", "role": "member"}}""", (Header, key));

        using (Assert.EnterMultipleScope())
        {
            foreach (var answer in new[] { mine, theirs, apiKey })
                Assert.That((answer.Status, answer.Data["duplicate"]?.GetValue<bool>()), Is.EqualTo((200, false)), answer.Text);
            Assert.That(Ids(theirs.Data), Is.Not.EqualTo(Ids(mine.Data)));
        }
    }

    [TestCase("integrations/webhooks", """{"operation": "CREATE", "webhook_config": {"url": "https://example.com/secret"}}""", "webhook", "secret")]
    [TestCase("integrations/webhooks", """{"operation": "ROTATE_SECRET", "webhook_id": "<webhook>"}""", "webhook", "secret")]
    [TestCase("integrations/api-keys", """{"operation": "CREATE", "api_key": {"name": "secret", "role": "member"}}""", "api_key", "key")]
    public async Task A_secret_is_shown_once_and_kept_nowhere(string path, string body, string holder, string property)
    {
        var key = Guid.NewGuid().ToString();
        body = Complete(body);

        var first = await PostAsync(path, body, (Header, key));
        var again = await PostAsync(path, body, (Header, key));
        var secret = first.Data[holder]![property]!.GetValue<string>();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(secret, Has.Length.GreaterThan(30));
            Assert.That(again.Data[holder]![property]!.GetValue<string>(), Does.StartWith("••••").And.Not.Contain(secret[4..^4]));
            Assert.That(await RowsAsync($"x::text like '%{secret}%' or x::text like '%' || encode('{secret}', 'hex') || '%'"), Is.Zero);
        }
    }

    [Test]
    public async Task A_refused_call_leaves_its_key_free()
    {
        var key = Guid.NewGuid().ToString();

        var refused = await PostAsync("integrations/webhooks", """{"operation": "CREATE", "webhook_config": {"url": "nonsense"}}""", (Header, key));
        var mended = await PostAsync("integrations/webhooks", """{"operation": "CREATE", "webhook_config": {"url": "https://example.com/mended"}}""", (Header, key));

        Assert.That((refused.Status, mended.Status), Is.EqualTo((400, 200)), mended.Text);
        Assert.That(mended.Data["duplicate"]!.GetValue<bool>(), Is.False);
    }

    [TestCase("")]
    [TestCase("256")]
    public async Task A_key_has_1_to_255_characters(string length)
    {
        var key = length.Length == 0 ? "" : new string('k', int.Parse(length, System.Globalization.CultureInfo.InvariantCulture));

        var answer = await PostAsync("integrations/webhooks", WithKey("""{"operation": "CREATE", "webhook_config": {"url": "https://example.com/long"}}""", key));

        Assert.That((answer.Status, answer.Error), Is.EqualTo((400, "webhook_config.invalid")), answer.Text);
    }

    [Test]
    public async Task Reading_has_no_use_for_a_key()
    {
        var first = await PostAsync("integrations/deliveries", """{"filter": {"limit": 1}}""", (Header, "the-same"));
        var other = await PostAsync("integrations/deliveries", """{"filter": {"limit": 2}}""", (Header, "the-same"));
        var got = await _host.GetAsync("/api/v2/integrations/webhooks", _tenant.Token, _tenant.Header, (Header, "the-same"));

        Assert.That((first.Status, other.Status, got.Status), Is.EqualTo((200, 200, 200)), $"{first} {other} {got}");
    }

    private static IEnumerable<TestCaseData> Writes()
    {
        (string Path, string Body, string From, string To)[] writes =
        [
            ("integrations/events", """{"event_source": "shop", "event_type": "order.once"}""", "once", "twice"),
            ("integrations/publish", """{"topic": "shop.order.once", "payload": {}}""", "once", "twice"),
            ("integrations/webhooks", """{"operation": "CREATE", "webhook_config": {"url": "https://example.com/once"}}""", "once", "twice"),
            ("integrations/webhooks", """{"operation": "TEST", "webhook_id": "<webhook>"}""", "TEST", "ENABLE"),
            ("integrations/connectors", """{"operation": "INSTALL", "connector_code": "zapier-webhook", "installation_config": {"webhook_url": "https://hooks.zapier.com/hooks/catch/1/once/", "inbound_token": "a-long-random-text"}}""", "once", "twice"),
            ("integrations/assignments", """{"operation": "ASSIGN", "connector_code": "zapier-webhook"}""", "ASSIGN", "UNASSIGN"),
            ("organizations", """{"operation": "CREATE", "organization": {"name": "Once", "code": "ONCE"}}""", "Once", "Twice"),
            ("memberships", """{"operation": "GRANT", "member": {"auth_uid": "once", "name": "Once", "role": "member"}}""", "Once", "Twice"),
            ("integrations/api-keys", """{"operation": "CREATE", "api_key": {"name": "once", "role": "member"}}""", "once", "twice"),
            ("transactions", """{"transaction": {"transaction_type": "once", "smart_code": "HERA.FINANCE.TXN.ONCE.v1"}}""", "once", "twice"),
            ("integrations/replays", """{"operation": "CREATE", "replay": {"webhook_id": "<webhook>", "since": "2020-01-01T00:00:00Z"}}""", "2020", "2021"),
            ("integrations/replays", """{"replay": {"webhook_id": "<webhook>"}}""",
                "\"webhook_id\": \"<webhook>\"", "\"delivery_ids\": [\"0199c1c2-0000-7000-8000-000000000000\"]"),
        ];
        return writes.Select(write => new TestCaseData(write.Path, write.Body, write.Body.Replace(write.From, write.To, StringComparison.Ordinal)));
    }

    private Task<Answer> PostAsync(string path, string body, params (string Name, string Value)[] headers)
    {
        var isForPlatform = path is "organizations" or "integrations/assignments";
        return _host.PostAsync("/api/v2/" + path, isForPlatform ? Tokens.For(Tenant.SystemActor) : _tenant.Token, body, [.. headers, _tenant.Header]);
    }

    private string Complete(string body) => body.Replace("<webhook>", _webhook, StringComparison.Ordinal);

    private static string WithKey(string body, string key) => $$"""{"idempotency_key": {{JsonSerializer.Serialize(key)}}, {{body[1..]}}""";

    /// <summary>Everything in an answer that says which thing it is about.</summary>
    private static string Ids(JsonNode data) => string.Join(' ', data.AsObject().OrderBy(property => property.Key, StringComparer.Ordinal).SelectMany(property =>
        property.Key.EndsWith("id", StringComparison.Ordinal) ? [$"{property.Value}"] : property.Value is JsonObject inner ? [Ids(inner)] : Array.Empty<string>()));

    /// <summary>Rows in all tables for which the condition holds. That a platform admin came into an organization is audited each time.</summary>
    private Task<int> RowsAsync(string condition = "tableoid::regclass::text not like '%audit%'") => _database.ScalarAsync<int>($"""
        select sum((xpath('//c/text()', query_to_xml(format('select count(*) as c from %s as x where %s', c.oid::regclass, $condition${condition}$condition$),
          false, false, '')))[1]::text::bigint)::int
        from pg_class c where c.relnamespace = 'hera'::regnamespace and c.relkind = 'r'
        """);
}
