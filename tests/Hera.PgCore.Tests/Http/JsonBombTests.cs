using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Hera.PgCore.Rpc;
using Hera.PgCore.Tests.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Http;

/// <summary>JSON that is small to send and large to hold, to walk through or to print: nothing of it costs more than it weighs.</summary>
public sealed class JsonBombTests
{
    /// <summary>What an answer may hold beside twice the body: its envelope, and the few large numbers that are let through.</summary>
    private const int Frame = 8 * 1024;

    private TestDatabase _database = null!;
    private TestHost _host = null!;
    private Tenant _tenant = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _host = await TestHost.StartAsync(_database, new() { ["OUTBOX_WORKER_ENABLED"] = "false", ["SKIP_RATE_LIMITING"] = "true" });
        _tenant = await Tenant.CreateAsync(_database);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _host.DisposeAsync();
        await _database.DisposeAsync();
    }

    [TestCaseSource(nameof(Bombs))]
    public async Task Every_route_refuses_a_bomb(string bomb)
    {
        foreach (var path in PostRoutes())
        {
            foreach (var body in Places(bomb))
            {
                var answer = await PostAsync(path, Encoding.Latin1.GetBytes(body));
                // A batch tells of its items one by one.
                var refused = answer.Status is >= 400 and < 500 || (answer.Status == 200 && (int?)answer.Data["failed"] == 1);
                Assert.That(refused, Is.True, $"{path} {Shown(body)} {answer.Status} {Shown(answer.Text)}");
                Assert.That(answer.Text, Has.Length.LessThan((2 * body.Length) + Frame), path);
            }
        }
    }

    [TestCaseSource(nameof(Bombs))]
    public async Task A_bomb_in_an_event_is_named_and_stores_nothing(string bomb)
    {
        var before = await _tenant.EventsAsync(_database);

        var answer = await PostAsync("/api/v2/integrations/events", Encoding.Latin1.GetBytes($$"""{"event_source": "shop", "event_type": "order.paid", "event_data": {"x": {{bomb}}} }"""));

        Assert.That(answer.Status, Is.EqualTo(400).Or.EqualTo(413), answer.Text);
        Assert.That(answer.Error, Is.EqualTo("invalid_json").Or.EqualTo("invalid_value").Or.EqualTo("event.invalid").Or.EqualTo("too_large"));
        Assert.That(await _tenant.EventsAsync(_database), Is.EqualTo(before));
    }

    [TestCase("1e308")]
    [TestCase("-1E+308")]
    [TestCase("1e-308")]
    [TestCase("[1e5, 2.5e3, 6.02e23]")]
    [TestCase("123456789012345678901234567890.123456789")]
    [TestCase("\"1e131071\"")]
    [TestCase("\"\\ud83d\\ude00 \\u00e9\"")]
    public async Task What_is_merely_large_or_unusual_is_taken(string value)
    {
        var answer = await PostAsync("/api/v2/integrations/events", Encoding.UTF8.GetBytes($$"""{"event_source": "shop", "event_type": "order.paid", "event_data": {"x": {{value}}} }"""));

        Assert.That(answer.Status, Is.EqualTo(200), answer.Text);
    }

    [Test]
    public async Task Measurements_in_scientific_notation_are_no_bomb()
    {
        var values = string.Join(',', Enumerable.Range(1, 20_000).Select(n => (n * 1.37e-7).ToString("e6", CultureInfo.InvariantCulture)));

        var answer = await PostAsync("/api/v2/integrations/events", Encoding.UTF8.GetBytes($$"""{"event_source": "lab", "event_type": "series", "event_data": {"x": [{{values}}]} }"""));

        Assert.That(answer.Status, Is.EqualTo(200), answer.Text);
    }

    [Test]
    public async Task Whatever_passes_the_edge_is_printed_at_no_more_than_twice_its_length()
    {
        var random = new Rnd((ulong)TestContext.CurrentContext.Random.NextUInt());
        await TestContext.Progress.WriteLineAsync($"seed {random}");
        await using var connection = await _database.ConnectAsync();
        await using var command = new NpgsqlCommand("select length($1::jsonb::text)", connection) { Parameters = { new NpgsqlParameter { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text } } };
        var (passed, refused) = (0, 0);
        foreach (var json in Documents().Sample(3000, random, 10))
        {
            try
            {
                JsonArguments.Check(Encoding.UTF8.GetBytes(json));
            }
            catch (RpcException)
            {
                refused++;
                continue;
            }

            command.Parameters[0].Value = json;
            var printed = (int)(await command.ExecuteScalarAsync())!;
            Assert.That(printed, Is.LessThanOrEqualTo((2 * json.Length) + Frame), Shown(json));
            passed++;
        }

        Assert.That(new[] { passed, refused }, Is.All.GreaterThan(300), "both happen");
    }

    [Test]
    public async Task An_event_is_shown_at_no_more_than_twice_its_length()
    {
        var bodies = Documents().Where(json => json.StartsWith('[')).Sample(200, new Rnd(17), 10)
            .Select(json => $$"""{"event_source": "shop", "event_type": "order.paid", "event_data": {{json}} }""");
        var shown = 0;
        foreach (var body in bodies)
        {
            var accepted = await PostAsync("/api/v2/integrations/events", Encoding.UTF8.GetBytes(body));
            if (accepted.Status != 200)
                continue;
            var answer = await _host.GetAsync($"/api/v2/integrations/events/{accepted.Data["event_id"]}", _tenant.Token, _tenant.Header);
            Assert.That(answer.Status, Is.EqualTo(200), answer.Text);
            Assert.That(answer.Text, Has.Length.LessThanOrEqualTo((2 * body.Length) + Frame));
            shown++;
        }

        Assert.That(shown, Is.GreaterThan(20));
    }

    private static IEnumerable<TestCaseData> Bombs()
    {
        yield return Named("nested arrays", new string('[', 70) + new string(']', 70));
        yield return Named("arrays nested 100,000 deep", new string('[', 100_000) + new string(']', 100_000));
        yield return Named("nested objects", string.Concat(Enumerable.Repeat("{\"a\":", 70)) + "1" + new string('}', 70));
        yield return Named("unclosed arrays", new string('[', 50_000));
        yield return Named("exponent 309", "1e309");
        yield return Named("exponent -309", "-1e-309");
        yield return Named("131,071 digits", "1e131071");
        yield return Named("an exponent of 13 digits", "1e9999999999999");
        yield return Named("an exponent behind many zeros", "1e" + new string('0', 1000) + "999");
        yield return Named("digits and an exponent", new string('9', 200) + "e300");
        yield return Named("many large numbers", "[" + string.Join(',', Enumerable.Repeat("1e308", 5_000)) + "]");
        yield return Named("many small numbers", "[" + string.Join(',', Enumerable.Repeat("1e-308", 5_000)) + "]");
        yield return Named("many numbers just beyond twice", "[" + string.Join(',', Enumerable.Repeat("1e9", 20_000)) + "]");
        yield return Named("a zero byte", "\"\\u0000\"");
        yield return Named("half a surrogate pair", "\"\\ud800\"");
        yield return Named("surrogates in the wrong order", "\"\\udc00\\ud800\"");
        yield return Named("an overlong encoding", "\"\u00c0\u00af\"");
        yield return Named("an encoded surrogate", "\"\u00ed\u00a0\u0080\"");
        yield return Named("beyond Unicode", "\"\u00f5\u0080\u0080\u0080\"");
        yield return Named("half a character", "\"\u00e2\u0082\"");
        yield return Named("a comment", "/* */ 1");
        yield return Named("not a number", "NaN");
        yield return Named("a control character", "\"\u0001\"");
        yield return Named("two values", "1 2");
    }

    private static TestCaseData Named(string name, string bomb) => new TestCaseData(bomb).SetArgDisplayNames(name);

    /// <summary>The whole body, a property that is none, and one that most functions have.</summary>
    private static string[] Places(string bomb) =>
        [bomb, $$"""{"x": {{bomb}}}""", $$"""{"operation": "LIST", "options": {"x": {{bomb}}} }""", $$"""{"filter": {"limit": {{bomb}}} }""", $$"""[{"event_data": {{bomb}}}]"""];

    /// <summary>Arrays of numbers with and without exponents, as bare and as honest as they come.</summary>
    private static Gen<string> Documents()
    {
        var digits = Gen.OneOf(Gen.Choose(0, 9), Gen.Choose(0, int.MaxValue)).Select(number => number.ToString(CultureInfo.InvariantCulture));
        var exponent = Gen.OneOf(Gen.Choose(-5, 5), Gen.Choose(-30, 30), Gen.Choose(-310, 310));
        var number = from sign in Gen.Elements("", "-")
                     from whole in digits
                     from fraction in Gen.Frequency((1, Gen.Constant("")), (1, digits.Select(text => "." + text)))
                     from tail in Gen.Frequency((1, Gen.Constant("")), (3, from letter in Gen.Elements("e", "E") from value in exponent select letter + value.ToString(CultureInfo.InvariantCulture)))
                     select sign + whole + fraction + tail;
        return from count in Gen.Choose(1, 40)
               from repeat in Gen.Elements(1, 1, 50, 500)
               from numbers in number.ListOf(count)
               from comma in Gen.Elements(",", ", ")
               select $"[{string.Join(comma, Enumerable.Repeat(numbers, repeat).SelectMany(all => all))}]";
    }

    private IEnumerable<string> PostRoutes() => _host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("POST") == true)
        .Select(endpoint => endpoint.RoutePattern.RawText!)
        .Where(pattern => pattern.StartsWith("/api/v2", StringComparison.Ordinal) && !pattern.Contains('{', StringComparison.Ordinal));

    private async Task<Answer> PostAsync(string path, byte[] body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } } };
        request.Headers.Add("Authorization", "Bearer " + _tenant.Token);
        request.Headers.Add(_tenant.Header.Name, _tenant.Header.Value);
        using var response = await _host.Client.SendAsync(request);
        return new Answer(response, await response.Content.ReadAsStringAsync());
    }

    private static string Shown(string text) => text.Length <= 300 ? text : $"{text[..300]}… ({text.Length})";
}
