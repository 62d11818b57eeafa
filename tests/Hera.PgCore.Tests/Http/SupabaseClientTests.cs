using System.Text.Json.Nodes;
using Hera.PgCore.Tests.Infrastructure;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Http;

/// <summary><c>.rpc()</c> of @supabase/postgrest-js and @supabase/supabase-js, unchanged, against the host.</summary>
[TestFixture("postgrest")]
[TestFixture("supabase")]
[TestFixture("session")]
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
        await NodeClients.InstallAsync();
        _database = await TestDatabase.CreateAsync();
        await _database.ExecuteAsync(RestFunctions.Sql);
        _host = await TestHost.StartAsync(_database, new() { ["OUTBOX_WORKER_ENABLED"] = "false" });
        _tenant = await Tenant.CreateAsync(_database);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (_host is not null)
            await _host.DisposeAsync();
        if (_database is not null)
            await _database.DisposeAsync();
    }

    [Test]
    public async Task A_call_writes_and_resolves_to_the_functions_bare_result()
    {
        var arguments = Json("""{"p_event_source": "shop", "p_event_type": "order.paid", "p_event_data": {"order": 17}, "p_idempotency_key": "order-17"}""");

        var results = await CallAsync(Call(EventIn, arguments), Call(EventIn, (JsonObject)arguments.DeepClone()));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Status(results[0]), Is.EqualTo(200), results[0].ToJsonString());
            Assert.That(results[0]["error"], Is.Null);
            Assert.That(results[0]["data"]!["duplicate"]!.GetValue<bool>(), Is.False);
            Assert.That(results[1]["data"]!["duplicate"]!.GetValue<bool>(), Is.True);
            Assert.That(results[1]["data"]!["event_id"]!.GetValue<Guid>(), Is.EqualTo(results[0]["data"]!["event_id"]!.GetValue<Guid>()));
        }
    }

    [Test]
    public async Task A_function_that_only_reads_is_called_by_GET_and_by_HEAD()
    {
        var results = await CallAsync(
            Call(EventIn, Json("""{"p_event_source": "shop", "p_event_type": "order.got"}""")),
            Call(EventList, Json("""{"p_filter": "{\"limit\": 1}"}"""), """{"get": true}"""),
            Call(EventList, [], """{"head": true}"""),
            Call(EventIn, Json("""{"p_event_source": "shop", "p_event_type": "order.got"}"""), """{"get": true}"""));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(results[1]["data"]!["events"]!.AsArray(), Has.Count.EqualTo(1), results[1].ToJsonString());
            Assert.That((Status(results[2]), results[2]["data"]), Is.EqualTo((200, (JsonNode?)null)));
            Assert.That((Status(results[3]), Code(results[3])), Is.EqualTo((405, "25006")));
        }
    }

    [Test]
    public async Task Single_nothing_and_rows_are_what_the_client_makes_of_them()
    {
        var single = Call(EventList, []);
        single["single"] = true;

        var results = await CallAsync(
            single, Call("hera_test_nothing_v1", []), Call("hera_test_rows_v1", Json("""{"p_names": ["a", "b\"c"]}""")), Call("hera_test_number_v1", Json("""{"p_number": 41}""")));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(results[0]["data"]!["success"]!.GetValue<bool>(), Is.True, results[0].ToJsonString());
            Assert.That((Status(results[1]), results[1]["data"]), Is.EqualTo((204, (JsonNode?)null)));
            Assert.That(results[2]["data"]!.ToJsonString(), Is.EqualTo("""[{"name":"a","place":1},{"name":"b\u0022c","place":2}]"""));
            Assert.That(results[3]["data"]!.GetValue<int>(), Is.EqualTo(42));
        }
    }

    [Test]
    public async Task A_refusal_resolves_to_an_error_of_four_parts()
    {
        var results = await CallAsync(
            Call(EventIn, Json("""{"p_event_source": "shop", "p_event_type": "x", "p_smart_code": "HERA.TEST.v1"}""")),
            Call("hera_no_such_v1", []),
            Call(EventIn, Json("""{"p_event_sorce": "shop"}""")),
            Call(EventList, Json("""{"p_actor_user_id": "00000000-0000-0000-0000-000000000001"}""")));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(results[0]["error"]!.AsObject().Select(property => property.Key), Is.SupersetOf(new[] { "code", "message", "details", "hint" }));
            Assert.That((Status(results[0]), Code(results[0])), Is.EqualTo((400, "PT400")));
            Assert.That(results[0]["error"]!["details"]!.GetValue<string>(), Is.EqualTo("guardrail_violation:SMARTCODE_REGEX_FAIL"));
            Assert.That((Status(results[1]), Code(results[1])), Is.EqualTo((404, "PGRST202")));
            Assert.That((Status(results[2]), Code(results[2])), Is.EqualTo((404, "PGRST202")));
            Assert.That((Status(results[3]), Code(results[3])), Is.EqualTo((403, "42501")));
        }
    }

    [Test]
    public async Task A_bad_token_and_another_schema_are_refused()
    {
        var bad = Call(EventList, []);
        bad["token"] = Tokens.For(_tenant.Subject, secret: new string('x', 40));
        var other = Call(EventList, []);
        other["client"] = "otherSchema";

        var results = await CallAsync(bad, other);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((Status(results[0]), Code(results[0])), Is.EqualTo((401, "PGRST301")));
            Assert.That((Status(results[1]), Code(results[1])), Is.EqualTo((406, "PGRST106")));
        }
    }

    private static JsonObject Json(string text) => JsonNode.Parse(text)!.AsObject();

    private static int Status(JsonNode result) => result["status"]!.GetValue<int>();

    private static string? Code(JsonNode result) => result["error"]?["code"]?.GetValue<string>();

    private JsonObject Call(string function, JsonObject arguments, string options = "{}") => new()
    {
        ["client"] = client,
        ["token"] = _tenant.Token,
        ["name"] = function,
        ["args"] = arguments,
        ["options"] = JsonNode.Parse(options),
    };

    private Task<JsonNode[]> CallAsync(params JsonObject[] calls) => NodeClients.CallAsync(_host.Client.BaseAddress!, calls);
}
