using System.Text.Json.Nodes;
using Hera.PgCore.Tests.Infrastructure;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Http;

/// <summary>Functions by name, called with the clients that PostgREST's callers use, as npm has them.</summary>
[TestFixture("postgrest.mjs")]
[TestFixture("supabase.mjs")]
public sealed class SupabaseClientTests(string client)
{
    private const string EventIn = "hera_integration_event_in_v1";
    private const string EventList = "hera_integration_event_list_v1";

    private TestDatabase _database = null!;
    private TestHost _host = null!;
    private Tenant _tenant = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _tenant = await Tenant.CreateAsync(_database);
        _host = await TestHost.StartAsync(_database, new() { ["OUTBOX_WORKER_ENABLED"] = "false" });
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _host.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Test]
    public async Task A_function_answers_its_bare_result()
    {
        var events = await _tenant.EventsAsync(_database);

        var outcome = await CallAsync(EventIn, Event("order.paid"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Status(outcome), Is.EqualTo(200), outcome.ToJsonString());
            Assert.That(outcome["error"], Is.Null);
            Assert.That(outcome["data"]!["success"]!.GetValue<bool>(), Is.True);
            Assert.That(outcome["data"]!["event_id"]!.GetValue<Guid>(), Is.Not.EqualTo(Guid.Empty));
            Assert.That(await _tenant.EventsAsync(_database), Is.EqualTo(events + 1));
        }
    }

    [Test]
    public async Task A_stable_function_answers_to_get_as_to_post()
    {
        await CallAsync(EventIn, Event("order.listed"));
        var filter = new { p_organization_id = _tenant.Organization, p_filter = """{"event_type": "order.listed"}""" };

        var got = await CallAsync(EventList, filter, new { get = true });
        var posted = await CallAsync(EventList, new { filter.p_organization_id, p_filter = new { event_type = "order.listed" } });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Status(got), Is.EqualTo(200), got.ToJsonString());
            Assert.That(got["data"]!["events"]!.AsArray(), Has.Count.EqualTo(1));
            Assert.That(got["data"]!.ToJsonString(), Is.EqualTo(posted["data"]!.ToJsonString()));
        }
    }

    [Test]
    public async Task A_volatile_function_does_not_answer_to_get()
    {
        var events = await _tenant.EventsAsync(_database);

        AssertError(await CallAsync(EventIn, new { p_event_source = "shop", p_event_type = "order" }, new { get = true }), 405, "25006", "method_not_allowed");
        Assert.That(await _tenant.EventsAsync(_database), Is.EqualTo(events));
    }

    [TestCase("hera_nothing_of_this_name_v1")]
    [TestCase("hera_outbox_claim_v1")]
    [TestCase("hera_outbox_update_status_v1")]
    [TestCase("hera_platform_settings_v1")]
    [TestCase("hera_identity_resolve_v1")]
    [TestCase("hera_api_key_resolve_v1")]
    [TestCase("hera_webhook_get_by_topic_v1")]
    [TestCase("pg_sleep")]
    public async Task What_is_not_for_clients_is_not_found(string function) =>
        AssertError(await CallAsync(function, new { }), 404, "PGRST202", details: null);

    [Test]
    public async Task A_missing_argument_finds_no_function_and_is_named()
    {
        var outcome = await CallAsync(EventIn, new { p_event_source = "shop" });

        AssertError(outcome, 404, "PGRST202", details: null);
        Assert.That(outcome["error"]!["hint"]!.GetValue<string>(), Does.Contain("p_event_type"));
    }

    [Test]
    public async Task A_refusal_of_the_function_keeps_code_details_and_hint()
    {
        var missing = await CallAsync("hera_integration_event_get_v1", new { p_event_id = Guid.NewGuid() });
        var guardrail = await CallAsync("hera_transaction_post_v1", new { p_transaction = new { transaction_type = "journal" } });

        AssertError(missing, 404, "PT404", "not_found");
        AssertError(guardrail, 400, "PT400", "guardrail_violation:SMARTCODE_MISSING");
        Assert.That(guardrail["error"]!["hint"]!.GetValue<string>(), Is.Not.Empty);
    }

    [Test]
    public async Task Another_actor_is_refused_and_writes_nothing()
    {
        var events = await _tenant.EventsAsync(_database);

        AssertError(await CallAsync(EventIn, Event("order.paid", actor: Tenant.SystemActor)), 403, "42501", "permission_denied");
        Assert.That(await _tenant.EventsAsync(_database), Is.EqualTo(events));
    }

    [Test]
    public async Task Without_a_valid_token_nothing_is_called()
    {
        // supabase-js sends its publishable key as the bearer where nobody is signed in.
        var nobody = await CallAsync(EventIn, Event("order.paid"), token: null);
        var forged = await CallAsync(EventIn, Event("order.paid"), token: Tokens.For(_tenant.Subject, secret: "another secret that is as long as it has to be"));

        AssertError(nobody, 401, client == "supabase.mjs" ? "PGRST301" : "PGRST302", "invalid_token");
        AssertError(forged, 401, "PGRST301", "invalid_token");
    }

    [Test]
    public async Task A_machine_calls_with_an_api_key_in_the_tokens_place()
    {
        var made = await CallAsync("hera_api_key_v1", new { p_operation = "CREATE", p_api_key = new { name = "import", role = "member" } });
        var key = made["data"]!["api_key"]!["key"]!.GetValue<string>();

        var outcome = await CallAsync(EventIn, Event("order.by.machine"), token: client == "supabase.mjs" ? null : key, key: key);

        Assert.That(Status(outcome), Is.EqualTo(200), outcome.ToJsonString());
    }

    private Task<JsonNode> CallAsync(string name, object args, object? options = null) => CallAsync(name, args, options, _tenant.Token);

    private Task<JsonNode> CallAsync(string name, object args, string? token, string? key = null) => CallAsync(name, args, null, token, key);

    private Task<JsonNode> CallAsync(string name, object args, object? options, string? token, string? key = null) =>
        NodeScript.RunAsync(client, new { url = _host.Urls.First(), token, key, name, args, options = options ?? new { } });

    private Dictionary<string, object> Event(string type, string? actor = null)
    {
        var arguments = new Dictionary<string, object> { ["p_organization_id"] = _tenant.Organization, ["p_event_source"] = "shop", ["p_event_type"] = type };
        if (actor is not null)
            arguments["p_actor_user_id"] = actor;
        return arguments;
    }

    private static int Status(JsonNode outcome) => outcome["status"]!.GetValue<int>();

    private static void AssertError(JsonNode outcome, int status, string code, string? details)
    {
        var error = outcome["error"];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Status(outcome), Is.EqualTo(status), outcome.ToJsonString());
            Assert.That(outcome["data"], Is.Null);
            Assert.That((error?["code"]?.GetValue<string>(), error?["details"]?.GetValue<string>()), Is.EqualTo((code, details)));
            Assert.That(error?["message"]?.GetValue<string>(), Is.Not.Empty.And.Not.Null);
        }
    }
}
