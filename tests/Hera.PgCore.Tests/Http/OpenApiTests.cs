using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Hera.PgCore.Tests.Infrastructure;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Http;

/// <summary>The document that describes the API: whole, true to what is served, and good enough to generate a client from.</summary>
public sealed class OpenApiTests
{
    private TestDatabase _database = null!;
    private TestHost _host = null!;
    private Tenant _tenant = null!;
    private string _text = null!;
    private JsonNode _document = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _database = await TestDatabase.CreateAsync();
        await _database.ExecuteAsync("""
            create function public.hera_tomorrow_v1(p_actor_user_id uuid, p_count int, p_names text[] default '{}') returns jsonb language sql as 'select jsonb_build_object()';
            comment on function public.hera_tomorrow_v1(uuid, int, text[]) is 'Something new.';
            grant execute on function public.hera_tomorrow_v1(uuid, int, text[]) to hera_api;
            """);
        _tenant = await Tenant.CreateAsync(_database);
        _host = await TestHost.StartAsync(_database, new() { ["HERA_PUBLIC_URL"] = "https://hera.example.com" });
        var answer = await _host.GetAsync("/openapi/v1.json");
        Assert.That((answer.Status, answer.ContentType), Is.EqualTo((200, "application/json")));
        _text = answer.Text;
        _document = answer.Json;
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _host.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Test]
    public void It_is_valid_openapi_3_1()
    {
        var read = Microsoft.OpenApi.OpenApiDocument.Parse(_text, "json");

        Assert.That(_document["openapi"]!.GetValue<string>(), Does.StartWith("3.1."));
        Assert.That(read.Diagnostic!.Errors.Select(error => error.ToString()), Is.Empty);
        Assert.That(read.Diagnostic.Warnings.Select(warning => warning.ToString()), Is.Empty);
        Assert.That(Operations().Select(operation => operation.Node["operationId"]!.GetValue<string>()), Is.Unique);
        Assert.That(_document["servers"]![0]!["url"]!.GetValue<string>(), Is.EqualTo("https://hera.example.com"));
    }

    [Test]
    public void Every_route_that_is_served_is_described_and_the_other_way_round()
    {
        // Pages are for people, and so are their files and forms.
        var served = _host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is null && endpoint.Metadata.GetMetadata<IAntiforgeryMetadata>() is null)
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(method => $"{method} {Path(endpoint)}"))
            .Where(route => !Regex.IsMatch(route, "/functions/v1/|/openapi|/docs|/assets|/_framework|/_blazor|/metrics|/rest/v1/rpc/{function}|HEAD ")).ToHashSet();
        var described = Operations().Where(operation => !operation.Path.StartsWith("/rest/", StringComparison.Ordinal)).Select(operation => $"{operation.Method} {operation.Path}");

        Assert.That(described, Is.EquivalentTo(served));

        string Path(RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText!.Trim('/');
    }

    [Test]
    public void Every_operation_has_an_example_of_what_it_takes_and_answers()
    {
        using (Assert.EnterMultipleScope())
        {
            foreach (var (path, method, node) in Operations().Where(operation => operation.Path.StartsWith("/api/", StringComparison.Ordinal)))
            {
                // An empty object works there as it stands, and the writer leaves it out.
                if (node["requestBody"] is { } body && path != "/api/v2/audit/verify")
                    Assert.That(body["content"]!["application/json"]!["example"], Is.Not.Null, $"{method} {path}: body");
                Assert.That(node["responses"]!["200"]!["content"]!["application/json"]!["example"], Is.Not.Null, $"{method} {path}: answer");
                foreach (var parameter in (node["parameters"]?.AsArray() ?? []).Where(parameter => parameter!["in"]?.GetValue<string>() == "path"))
                    Assert.That(parameter!["example"], Is.Not.Null, $"{method} {path}: {parameter["name"]}");
            }
        }
    }

    [Test]
    public async Task Examples_agree_with_their_schemas()
    {
        var document = await NSwag.OpenApiDocument.FromJsonAsync(_text);
        var bodies = document.Operations.Where(operation => operation.Operation.RequestBody is not null)
            .SelectMany(operation => operation.Operation.RequestBody.Content, (operation, content) => ($"{operation.Method} {operation.Path}", content.Value.Schema, content.Value.Example))
            .Where(body => body.Example is not null).ToList();

        Assert.That(bodies, Has.Count.GreaterThan(15));
        foreach (var (route, schema, example) in bodies)
            Assert.That(schema.Validate(Newtonsoft.Json.JsonConvert.SerializeObject(example)), Is.Empty, route);
    }

    [Test]
    public void Who_may_call_and_what_goes_wrong_is_said()
    {
        var post = _document["paths"]!["/api/v2/integrations/events"]!["post"]!;

        Assert.That(post["security"]!.AsArray().Select(requirement => requirement!.AsObject().Single().Key), Is.EquivalentTo(new[] { "token", "apiKey" }));
        Assert.That(_document["components"]!["securitySchemes"]!["token"]!["scheme"]!.GetValue<string>(), Is.EqualTo("bearer"));
        Assert.That(post["responses"]!.AsObject().Select(response => response.Key), Is.SupersetOf(new[] { "400", "401", "403", "404", "409", "413", "415", "422", "429", "503" }));
        Assert.That(_document["components"]!["responses"]!["Unavailable"]!["headers"]!["Retry-After"], Is.Not.Null);
        Assert.That(_document["paths"]!["/livez"]!["get"]!["security"]?.AsArray() ?? [], Is.Empty);
    }

    [Test]
    public void A_function_of_the_database_is_described_without_a_change_of_the_host()
    {
        var operation = _document["paths"]!["/rest/v1/rpc/hera_tomorrow_v1"]!["post"]!;
        var schema = operation["requestBody"]!["content"]!["application/json"]!["schema"]!;

        Assert.That(operation["summary"]!.GetValue<string>(), Is.EqualTo("Something new."));
        Assert.That(schema["properties"]!.AsObject().Select(property => property.Key), Is.EqualTo(new[] { "p_count", "p_names" }), "the actor is the token's");
        Assert.That(schema["required"]!.AsArray().Select(name => name!.GetValue<string>()), Is.EqualTo(new[] { "p_count" }));
        Assert.That(_document["paths"]!.AsObject().Select(path => path.Key), Has.None.Contain("hera_outbox_claim"), "the worker's functions are not there");
    }

    [Test]
    public async Task Answers_have_the_keys_that_are_described()
    {
        var accepted = await PostAsync("events", """{"event_source": "shop", "event_type": "order.paid"}""");
        var batch = await PostAsync("events/batch", """{"events": [{"event_source": "shop", "event_type": "order.paid"}]}""");
        var listed = await _host.GetAsync("/api/v2/integrations/events", _tenant.Token, _tenant.Header);
        var connectors = await _host.GetAsync("/api/v2/integrations/connectors", _tenant.Token, _tenant.Header);
        var created = await PostAsync("webhooks", """{"operation": "CREATE", "webhook_config": {"url": "https://example.com/hook"}}""");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Keys(accepted.Data), Is.EquivalentTo(Described("post", "/integrations/events")));
            Assert.That(Keys(batch.Data), Is.EquivalentTo(Described("post", "/integrations/events/batch")));
            Assert.That(Keys(listed.Data), Is.EquivalentTo(Described("get", "/integrations/events")));
            Assert.That(Keys(connectors.Data["connectors"]![0]!), Is.SupersetOf(Described("get", "/integrations/connectors", "connectors")));
            Assert.That(Keys(created.Data["webhook"]!), Is.SupersetOf(Described("post", "/integrations/webhooks", "webhook")));
        }
    }

    [Test]
    public async Task A_client_that_was_generated_from_it_calls_the_host()
    {
        using var http = new HttpClient { BaseAddress = _host.Client.BaseAddress };
        var client = GeneratedClient.Compile(await GeneratedClient.GenerateAsync(_text), http);
        Assert.That(client.Methods.Count(), Is.EqualTo(Operations().Count()), "a method for each operation");

        var health = await client.CallAsync("GetHealthAsync");
        Assert.That((string)health.Status, Is.EqualTo("healthy"));

        dynamic refused = (await Assert.CatchAsync(async () => await client.CallAsync("GetEventsAsync")))!;
        Assert.That(((int)refused.StatusCode, (string)refused.Result.Error), Is.EqualTo((401, "invalid_token")), "a typed problem");
        http.DefaultRequestHeaders.Authorization = new("Bearer", _tenant.Token);
        var body = client.Body("PostEventsAsync", ("Event_source", "shop"), ("Event_type", "order.shipped"), ("Event_data", new { order = 18 }));
        var key = Guid.NewGuid().ToString();
        var first = await client.CallAsync("PostEventsAsync", ("idempotency_Key", key), ("x_Organization_Id", _tenant.Organization), ("body", body));
        var second = await client.CallAsync("PostEventsAsync", ("idempotency_Key", key), ("x_Organization_Id", _tenant.Organization), ("body", body));
        var listed = await client.CallAsync("GetEventsAsync", ("limit", 1), ("event_type", "order.shipped"));

        Assert.That((bool)first.Data.Success, Is.True);
        Assert.That((bool)second.Data.Duplicate, Is.True);
        Assert.That((Guid)second.Data.Event_id, Is.EqualTo((Guid)first.Data.Event_id));
        Assert.That((Guid)first.Org, Is.EqualTo(_tenant.Organization));
        Assert.That(((IEnumerable<object>)listed.Data.Events).Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task The_page_for_people_loads_nothing_from_elsewhere_and_runs_no_script_but_its_own()
    {
        var page = await _host.GetAsync("/docs/");
        var policy = page.Headers["Content-Security-Policy"];
        var nonce = Regex.Match(policy, "'nonce-([^']+)'").Groups[1].Value;
        var again = await _host.GetAsync("/docs/");
        var script = await _host.GetAsync("/docs/scalar.js");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((page.Status, page.ContentType), Is.EqualTo((200, "text/html")));
            Assert.That(page.Text, Does.Contain("openapi/v1.json").And.Not.Contain("https://"));
            Assert.That(Regex.Count(page.Text, $"<script[^>]* nonce=\"{Regex.Escape(nonce)}\""), Is.EqualTo(Regex.Count(page.Text, "<script")).And.Positive);
            Assert.That(policy, Does.Contain("default-src 'none'").And.Contain("frame-ancestors 'none'").And.Not.Match("script-src[^;]*unsafe"));
            Assert.That(again.Headers["Content-Security-Policy"], Is.Not.EqualTo(policy), "a nonce serves once");
            Assert.That(script.Status, Is.EqualTo(200));
            Assert.That(script.Text, Has.Length.GreaterThan(100_000));
        }
    }

    private IEnumerable<(string Path, string Method, JsonNode Node)> Operations() =>
        from path in _document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        select (path.Key, operation.Key.ToUpperInvariant(), operation.Value!);

    private Task<Answer> PostAsync(string path, string body) => _host.PostAsync("/api/v2/integrations/" + path, _tenant.Token, body, _tenant.Header);

    private static IEnumerable<string> Keys(JsonNode node) => node.AsObject().Select(property => property.Key);

    private IEnumerable<string> Described(string method, string path, string? within = null)
    {
        var data = _document["paths"]!["/api/v2" + path]![method]!["responses"]!["200"]!["content"]!["application/json"]!["schema"]!["properties"]!["data"]!;
        if (within is not null)
            data = data["properties"]![within]!;
        return Keys((data["items"] ?? data)["properties"]!);
    }
}
