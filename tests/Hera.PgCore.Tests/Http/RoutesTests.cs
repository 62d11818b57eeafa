using Hera.PgCore.Tests.Infrastructure;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Http;

/// <summary>Addresses, envelopes and problems, over a real port.</summary>
public sealed class RoutesTests
{
    private const string Event = """{"event_source": "shop", "event_type": "order.paid", "event_data": {"order": 17}}""";

    private TestDatabase _database = null!;
    private TestHost _host = null!;
    private Tenant _tenant = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _host = await TestHost.StartAsync(_database);
        _tenant = await Tenant.CreateAsync(_database);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _host.DisposeAsync();
        await _database.DisposeAsync();
    }

    [TestCase("/api/v2")]
    [TestCase("/functions/v1/api-v2")]
    [TestCase("/functions/v1/api-v2/api/v2")]
    public async Task Each_prefix_serves_the_api(string prefix)
    {
        var health = await _host.GetAsync(prefix + "/health");
        var accepted = await _host.PostAsync(prefix + "/integrations/events", _tenant.Token, Event, _tenant.Header);
        var batch = await _host.PostAsync(prefix + "/integrations/events/batch", _tenant.Token, $$"""{"events": [{{Event}}]}""", _tenant.Header);
        var webhooks = await _host.PostAsync(prefix + "/integrations/webhooks", _tenant.Token, """{"operation": "LIST"}""", _tenant.Header);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(health.Status, Is.EqualTo(200), health.Text);
            Assert.That(accepted.Status, Is.EqualTo(200), accepted.Text);
            Assert.That(batch.Data["accepted"]!.GetValue<int>(), Is.EqualTo(1));
            Assert.That(webhooks.Data["webhooks"]!.AsArray(), Is.Empty);
        }
    }

    [Test]
    public async Task Success_is_the_functions_answer_in_an_envelope()
    {
        var answer = await _host.PostAsync("/api/v2/integrations/events", _tenant.Token, Event, _tenant.Header, ("X-Request-Id", "my-request.1"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.ContentType, Is.EqualTo("application/json"));
            Assert.That(answer.Json.AsObject().Select(property => property.Key), Is.EquivalentTo(new[] { "rid", "data", "actor", "org" }));
            Assert.That(answer.Json["rid"]!.GetValue<string>(), Is.EqualTo("my-request.1"));
            Assert.That(answer.Headers["X-Request-Id"], Is.EqualTo("my-request.1"));
            Assert.That(answer.Json["org"]!.GetValue<Guid>(), Is.EqualTo(_tenant.Organization));
            Assert.That(answer.Json["actor"]!.GetValue<Guid>(), Is.Not.EqualTo(Guid.Empty));
            Assert.That(answer.Data["success"]!.GetValue<bool>(), Is.True);
            Assert.That(answer.Data["duplicate"]!.GetValue<bool>(), Is.False);
        }
    }

    [TestCase("with\"quote")]
    [TestCase("x y")]
    public async Task A_request_id_that_is_no_plain_token_is_replaced(string given)
    {
        var answer = await _host.GetAsync("/livez", null, ("X-Request-Id", given));

        Assert.That(answer.Headers["X-Request-Id"], Does.Match("^[0-9a-f]{32}$"));
    }

    [TestCase("Idempotency-Key")]
    [TestCase("X-Idempotency-Key")]
    public async Task An_idempotency_header_counts_like_the_property(string header)
    {
        var key = Guid.NewGuid().ToString();

        var first = await _host.PostAsync("/api/v2/integrations/events", _tenant.Token, Event, _tenant.Header, (header, key));
        var again = await _host.PostAsync("/api/v2/integrations/events", _tenant.Token, Event, _tenant.Header, (header, key));
        var inBody = await _host.PostAsync("/api/v2/integrations/events", _tenant.Token, Event[..^1] + $$""", "idempotency_key": "{{key}}"}""", _tenant.Header, (header, key));
        var other = await _host.PostAsync("/api/v2/integrations/events", _tenant.Token, Event.Replace("17", "18", StringComparison.Ordinal), _tenant.Header, (header, key));
        var contradiction = await _host.PostAsync("/api/v2/integrations/events", _tenant.Token, Event[..^1] + """, "idempotency_key": "another"}""", _tenant.Header, (header, key));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.Data["duplicate"]!.GetValue<bool>(), Is.False);
            Assert.That(again.Data["duplicate"]!.GetValue<bool>(), Is.True);
            Assert.That(inBody.Data["duplicate"]!.GetValue<bool>(), Is.True);
            Assert.That(again.Data["event_id"]!.GetValue<Guid>(), Is.EqualTo(first.Data["event_id"]!.GetValue<Guid>()));
            Assert.That((other.Status, other.Error), Is.EqualTo((422, "idempotency.mismatch")));
            Assert.That(contradiction.Status, Is.EqualTo(400));
        }
    }

    [Test]
    public async Task A_batch_may_be_a_bare_array()
    {
        var answer = await _host.PostAsync("/api/v2/integrations/events/batch", _tenant.Token, $" [{Event}, {Event}]", _tenant.Header);

        Assert.That(answer.Data["accepted"]!.GetValue<int>(), Is.EqualTo(2), answer.Text);
    }

    [TestCase("GET", "/api/v2/nothing", 404, "not_found")]
    [TestCase("GET", "/nothing", 404, "not_found")]
    [TestCase("DELETE", "/api/v2/integrations/events", 405, "method_not_allowed")]
    [TestCase("PUT", "/outbox-worker/process", 405, "method_not_allowed")]
    public async Task What_is_not_there_is_a_problem_too(string method, string path, int status, string code)
    {
        var answer = await _host.SendAsync(new HttpMethod(method), path, _tenant.Token);

        AssertProblem(answer, status, code);
    }

    [Test]
    public async Task A_body_that_is_not_declared_as_JSON_is_415()
    {
        var answer = await _host.SendAsync(HttpMethod.Post, "/api/v2/integrations/events", _tenant.Token, Event, "text/plain", _tenant.Header);

        AssertProblem(answer, 415, "unsupported_media_type");
    }

    [TestCase("/api/v2/integrations/events", 1)]
    [TestCase("/api/v2/integrations/events/batch", 8)]
    public async Task A_body_beyond_the_limit_is_413(string path, int megabytes)
    {
        var body = $$"""{"event_source": "{{new string('x', megabytes * 1024 * 1024)}}"}""";

        var answer = await _host.PostAsync(path, _tenant.Token, body, _tenant.Header);

        AssertProblem(answer, 413, "too_large");
    }

    [Test]
    public async Task A_batch_may_be_larger_than_one_event()
    {
        var events = string.Join(',', Enumerable.Range(0, 4).Select(_ => $$$"""{"event_source": "a", "event_type": "b", "event_data": {"x": "{{{new string('x', 500_000)}}}"}}"""));

        var answer = await _host.PostAsync("/api/v2/integrations/events/batch", _tenant.Token, $"[{events}]", _tenant.Header);

        Assert.That(answer.Data["accepted"]!.GetValue<int>(), Is.EqualTo(4));
    }

    [TestCase("""{"event_source": "a", "event_type": "b", "event_data": """, "invalid_json")]
    [TestCase("""[]""", "invalid_json")]
    [TestCase("""{"event_source": "a", "event_type": "b"} x""", "invalid_json")]
    [TestCase("""{"event_source": "a", "event_type": "b", "event_data": {"n": 1e999}}""", "invalid_json")]
    [TestCase("""{"event_source": "a", "event_type": "b", "event_data": {"n": 1e131071}}""", "invalid_json")]
    [TestCase("""{"event_source": "a", "event_type": "b", "event_data": {"n": 1E-400}}""", "invalid_json")]
    [TestCase("""{"event_source": 5, "event_type": "b"}""", "invalid_argument")]
    [TestCase("""{"event_source": "a", "event_type": "b", "event_type": "c"}""", "invalid_argument")]
    [TestCase("""{"event_source": "a", "event_type": "b", "actor_user_id": "00000000-0000-0000-0000-000000000001"}""", "invalid_argument")]
    [TestCase("""{"event_source": "a", "event_type": "b", "organization_id": "00000000-0000-0000-0000-000000000000"}""", "invalid_argument")]
    [TestCase("""{"event_type": "b"}""", "invalid_argument")]
    [TestCase("""{"event_source": "a", "event_type": "b", "event_data": {"a": "\u0000"}}""", null)]
    [TestCase("""{"event_source": "a", "event_type": "b", "event_data": {"a": "\ud800"}}""", null)]
    public async Task A_body_that_cannot_be_used_is_400_and_writes_nothing(string body, string? code)
    {
        var before = await _tenant.EventsAsync(_database);

        var answer = await _host.PostAsync("/api/v2/integrations/events", _tenant.Token, body, _tenant.Header);

        AssertProblem(answer, 400, code ?? answer.Error!);
        Assert.That(await _tenant.EventsAsync(_database), Is.EqualTo(before));
    }

    [Test]
    public async Task Nesting_beyond_64_is_400()
    {
        static string Nested(int depth) => $$"""{"event_source": "a", "event_type": "b", "event_data": {{new string('[', depth)}}{{new string(']', depth)}}}""";

        var deep = await _host.PostAsync("/api/v2/integrations/events", _tenant.Token, Nested(100_000), _tenant.Header);
        var fine = await _host.PostAsync("/api/v2/integrations/events", _tenant.Token, Nested(60), _tenant.Header);

        AssertProblem(deep, 400, "invalid_json");
        Assert.That(fine.Status, Is.EqualTo(200), fine.Text);
    }

    [Test]
    public async Task Invalid_UTF_8_is_400()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v2/integrations/events");
        request.Headers.Add("Authorization", "Bearer " + _tenant.Token);
        request.Content = new ByteArrayContent([.. "{\"event_source\": \"a\", \"event_type\": \"b\", \"event_data\": \""u8, 0xC3, 0x28, .. "\"}"u8]);
        request.Content.Headers.Add("Content-Type", "application/json");

        using var response = await _host.Client.SendAsync(request);

        Assert.That((int)response.StatusCode, Is.EqualTo(400));
    }

    [Test]
    public async Task A_mistyped_property_is_named_with_its_neighbour()
    {
        var answer = await _host.PostAsync("/api/v2/integrations/events", _tenant.Token, """{"event_sorce": "a", "event_type": "b"}""", _tenant.Header);

        AssertProblem(answer, 400, "invalid_argument");
        Assert.That(answer.Json["detail"]!.GetValue<string>(), Does.Contain("event_sorce"));
        Assert.That(answer.Json["hint"]!.GetValue<string>(), Does.Contain("event_source"));
    }

    [Test]
    public async Task A_guardrail_speaks_through()
    {
        var answer = await _host.PostAsync("/api/v2/integrations/events", _tenant.Token, Event[..^1] + """, "smart_code": "HERA.TEST.v1"}""", _tenant.Header);

        AssertProblem(answer, 400, answer.Error!);
        Assert.That(answer.Error, Does.EndWith("SMARTCODE_REGEX_FAIL"));
        Assert.That(answer.Json["detail"]!.GetValue<string>(), Is.EqualTo("guardrail_violation:SMARTCODE_REGEX_FAIL"));
    }

    internal static void AssertProblem(Answer answer, int status, string code)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Status, Is.EqualTo(status), answer.Text);
            Assert.That(answer.ContentType, Is.EqualTo("application/problem+json"));
            Assert.That(answer.Json["status"]!.GetValue<int>(), Is.EqualTo(status));
            Assert.That(answer.Error, Is.EqualTo(code));
            Assert.That(answer.Json["rid"]!.GetValue<string>(), Is.EqualTo(answer.Headers["X-Request-Id"]));
            Assert.That(answer.Json["title"]!.GetValue<string>(), Is.Not.Empty);
            Assert.That(answer.Json["detail"]!.GetValue<string>(), Is.Not.Empty);
        }
    }
}
