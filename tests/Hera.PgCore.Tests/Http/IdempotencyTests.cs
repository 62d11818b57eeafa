using System.Text.Json.Nodes;
using Hera.PgCore.Tests.Infrastructure;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Http;

/// <summary>A key in a header or in the body makes any write happen once; the rule itself is tested in SQL.</summary>
public sealed class IdempotencyTests
{
    private const string Webhooks = "/api/v2/integrations/webhooks";
    private const string Create = """{"operation": "CREATE", "webhook_config": {"url": "https://example.com/hook"}}""";

    private TestDatabase _database = null!;
    private TestHost _host = null!;
    private Tenant _tenant = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _host = await TestHost.StartAsync(_database, new() { ["OUTBOX_WORKER_ENABLED"] = "false" });
        _tenant = await Tenant.CreateAsync(_database);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _host.DisposeAsync();
        await _database.DisposeAsync();
    }

    [TestCase("/integrations/connectors", """{"operation": "INSTALL", "connector_code": "zapier-webhook", "installation_config": {"webhook_url": "https://hooks.zapier.com/hooks/catch/1/abc/", "inbound_token": "a-long-random-text"}}""", false)]
    [TestCase("/integrations/webhooks", Create, false)]
    [TestCase("/integrations/publish", """{"topic": "shop.order.paid", "payload": {"order": 1}}""", false)]
    [TestCase("/memberships", """{"operation": "GRANT", "member": {"auth_uid": "jane@example.com", "role": "member"}}""", false)]
    [TestCase("/organizations", """{"operation": "CREATE", "organization": {"name": "Once", "code": "ONCE"}}""", true)]
    [TestCase("/transactions", """{"transaction": {"transaction_type": "sale", "smart_code": "HERA.SHOP.TXN.SALE.v1"}}""", false)]
    public async Task Every_write_that_creates_takes_a_key(string path, string body, bool isPlatforms)
    {
        var caller = isPlatforms ? new Tenant(Guid.Empty, Tenant.SystemActor) : _tenant;
        var key = Guid.NewGuid().ToString();

        var first = await _host.PostAsync("/api/v2" + path, caller.Token, body, caller.Header, ("Idempotency-Key", key));
        var again = await _host.PostAsync("/api/v2" + path, caller.Token, body, caller.Header, ("X-Idempotency-Key", key));
        var inBody = await _host.PostAsync("/api/v2" + path, caller.Token, body[..^1] + $$""", "idempotency_key": "{{key}}"}""", caller.Header);
        var other = await _host.PostAsync(
            "/api/v2" + path, caller.Token, body.Replace("abc", "abd", StringComparison.Ordinal).Replace("hook\"", "hook2\"", StringComparison.Ordinal).Replace("paid", "sent", StringComparison.Ordinal)
                .Replace("jane", "joe", StringComparison.Ordinal).Replace("Once", "Twice", StringComparison.Ordinal).Replace("\"sale\"", "\"gift\"", StringComparison.Ordinal),
            caller.Header, ("Idempotency-Key", key));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((first.Status, Duplicate(first)), Is.EqualTo((200, false)), first.Text);
            Assert.That((again.Status, Duplicate(again)), Is.EqualTo((200, true)), again.Text);
            Assert.That((inBody.Status, Duplicate(inBody)), Is.EqualTo((200, true)), inBody.Text);
            Assert.That(Ids(again), Is.EqualTo(Ids(first)));
            RoutesTests.AssertProblem(other, 422, "idempotency.mismatch");
        }
    }

    [Test]
    public async Task Replays_take_a_key_bare_or_as_a_job()
    {
        var webhook = (await PostAsync(Webhooks, Create)).Data["webhook"]!["id"]!.GetValue<string>();
        foreach (var body in new[] { $$"""{"webhook_id": "{{webhook}}"}""", $$$"""{"replay": {"webhook_id": "{{{webhook}}}"}}""" })
        {
            var key = Guid.NewGuid().ToString();
            var first = await PostAsync("/api/v2/integrations/replays", body, ("Idempotency-Key", key));
            var again = await PostAsync("/api/v2/integrations/replays", body, ("Idempotency-Key", key));
            Assert.That((Duplicate(first), Duplicate(again)), Is.EqualTo((false, true)), again.Text);
        }
    }

    [Test]
    public async Task A_secret_is_shown_once_and_masked_on_the_repetition()
    {
        var first = await PostAsync(Webhooks, Create, ("Idempotency-Key", "secret"));
        var again = await PostAsync(Webhooks, Create, ("Idempotency-Key", "secret"));

        var secret = first.Data["webhook"]!["secret"]!.GetValue<string>();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(secret, Does.StartWith("whsec_"));
            Assert.That(again.Data["webhook"]!["secret"]!.GetValue<string>(), Is.EqualTo("••••" + secret[^4..]));
            Assert.That(again.Text, Does.Not.Contain(secret));
        }
    }

    [Test]
    public async Task A_key_that_contradicts_another_of_the_request_is_refused()
    {
        var document = Create.Replace("}}", """, "idempotency_key": "one"}}""", StringComparison.Ordinal);

        var agreeing = await PostAsync(Webhooks, document[..^1] + """, "idempotency_key": "one"}""", ("Idempotency-Key", "one"));
        var header = await PostAsync(Webhooks, document, ("Idempotency-Key", "two"));
        var property = await PostAsync(Webhooks, document[..^1] + """, "idempotency_key": "two"}""");
        var number = await PostAsync(Webhooks, Create[..^1] + """, "idempotency_key": 5}""");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(agreeing.Status, Is.EqualTo(200), agreeing.Text);
            foreach (var refused in new[] { header, property, number })
                RoutesTests.AssertProblem(refused, 400, "invalid_argument");
        }
    }

    [Test]
    public async Task A_batch_has_its_keys_in_its_items()
    {
        var answer = await PostAsync("/api/v2/integrations/events/batch", """[{"event_source": "shop", "event_type": "x"}]""", ("Idempotency-Key", "batch"));

        RoutesTests.AssertProblem(answer, 400, "options.unknown");
    }

    [Test]
    public async Task What_only_reads_passes_a_key_by()
    {
        var list = await _host.GetAsync(Webhooks, _tenant.Token, _tenant.Header, ("Idempotency-Key", "read"));
        var filtered = await PostAsync("/api/v2/integrations/deliveries", "{}", ("Idempotency-Key", "read"));

        Assert.That((list.Status, filtered.Status), Is.EqualTo((200, 200)), filtered.Text);
    }

    private static bool? Duplicate(Answer answer) => answer.Json["data"]?["duplicate"]?.GetValue<bool>();

    /// <summary>Every id in an answer, however deep.</summary>
    private static string Ids(Answer answer) => string.Join(' ', Values(answer.Data).Where(value => Guid.TryParse(value, out _)));

    private static IEnumerable<string> Values(JsonNode? node) => node switch
    {
        JsonObject parts => parts.SelectMany(part => Values(part.Value)),
        JsonArray items => items.SelectMany(Values),
        null => [],
        _ => [node.ToString()],
    };

    private Task<Answer> PostAsync(string path, string body, params (string Name, string Value)[] headers) =>
        _host.PostAsync(path, _tenant.Token, body, [_tenant.Header, .. headers]);
}
