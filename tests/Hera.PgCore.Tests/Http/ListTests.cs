using System.Text.Json.Nodes;
using Hera.PgCore.Host.Endpoints;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Http;

/// <summary>The lists of the API: both ways to ask for them, pages and filters.</summary>
public sealed class ListTests
{
    private static readonly ApiRoute[] Lists = [.. ApiRouteTable.All.Where(route => route.Query.Contains("cursor"))];

    private static readonly string[] Times = ["since", "until"];

    /// <summary>The property of a row that a query parameter filters by, where it has another name.</summary>
    private static readonly Dictionary<(string Path, string Parameter), string> Properties = new()
    {
        [("/integrations/connectors", "connector_code")] = "code",
        [("/integrations/connectors", "connector_type")] = "type",
        [("/transactions", "status")] = "transaction_status",
        [("/transactions", "entity_id")] = "source_entity_id",
        [("/integrations/events", "search")] = "id",
        [("/integrations/dead-letters", "cause")] = "last_status_code",
        [("/integrations/webhooks/dead-letters", "cause")] = "last_status_code",
    };

    private RouteScene _scene = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _scene = await RouteScene.CreateAsync("/api/v2");

    [OneTimeTearDown]
    public async Task StopAsync() => await _scene.DisposeAsync();

    [Test]
    public async Task A_list_is_the_same_by_post_as_by_get()
    {
        var compared = 0;
        foreach (var list in Lists)
        {
            var post = ApiRouteTable.All.FirstOrDefault(route =>
                route.Method == "POST" && route.Path == list.Path && (route.FunctionOfOperations ?? route.Function) == list.Function);
            if (post is null)
                continue;
            var operation = list.Operation is null ? "" : $"\"operation\": \"{list.Operation}\", ";
            var posted = await _scene.SendAsync("POST", list.Path, $$$"""{{{{operation}}}"{{{list.Document}}}": {"limit": 2}}""");
            var got = await _scene.GetAsync(list.Path + "?limit=2");

            Assert.That(RouteScene.Rows(got), Is.Not.Empty, list.Path);
            Assert.That(JsonNode.DeepEquals(posted.Data, got.Data), $"{list.Path}: {posted.Text} {got.Text}");
            compared++;
        }

        Assert.That(compared, Is.EqualTo(13));
    }

    [TestCaseSource(nameof(Paths))]
    public async Task Pages_are_stable_while_rows_are_added(string path)
    {
        var before = Ids(await PageAsync(path, 1000, null));
        Assert.That(before, Has.Count.GreaterThan(2), "more than a page");

        List<string> seen = [];
        string? cursor = null;
        do
        {
            var page = await PageAsync(path, 2, cursor);
            seen.AddRange(Ids(page));
            if (cursor is null)
                await _scene.GrowAsync();
            cursor = page.Data["next_cursor"]?.GetValue<string>();
        }
        while (cursor is not null);

        Assert.That(seen, Is.Unique);
        Assert.That(seen.Intersect(before), Is.EqualTo(before), "every row that was there, in its order");
        Assert.That(Ids(await PageAsync(path, 1000, null)), Has.Count.GreaterThan(before.Count), "rows were added");
    }

    [TestCaseSource(nameof(Filters))]
    public async Task A_filter_gives_the_rows_that_match(string path, string parameter)
    {
        var all = RouteScene.Rows(await PageAsync(path, 1000, null));
        var property = Properties.GetValueOrDefault((path, parameter), parameter);
        var value = all.Select(row => Text(row, property)).First(text => text is not null);

        var found = await GetAsync($"{path}?limit=1000&{parameter}={Uri.EscapeDataString(value!)}");
        var none = await GetAsync($"{path}?limit=1000&{parameter}={ValueOfNone(parameter)}");

        Assert.That(Ids(found), Is.Not.Empty.And.EqualTo(all.Where(row => Text(row, property) == value).Select(Id)));
        Assert.That(none.Status == 404 || Ids(none).Count == 0, none.Text);
    }

    [Test]
    public async Task Events_are_filtered_by_the_webhook_that_they_went_to()
    {
        var deliveries = RouteScene.Rows(await PageAsync("/integrations/deliveries", 1000, null));
        var webhook = Text(deliveries[0], "webhook_id");
        var expected = deliveries.Where(row => Text(row, "webhook_id") == webhook).Select(row => Text(row, "event_id")).Distinct();

        var found = await GetAsync($"/integrations/events?limit=1000&webhook_id={webhook}");

        Assert.That(Ids(found), Is.EquivalentTo(expected));
        Assert.That((await GetAsync($"/integrations/events?webhook_id={Guid.NewGuid()}")).Status, Is.EqualTo(404));
    }

    [TestCaseSource(nameof(TimedPaths))]
    public async Task Since_and_until_bound_the_time(string path)
    {
        var all = Ids(await PageAsync(path, 1000, null));
        var (past, future) = ("2000-01-01T00:00:00Z", "2999-01-01T00:00:00Z");

        Assert.That(Ids(await GetAsync($"{path}?limit=1000&since={past}&until={future}")), Is.EqualTo(all));
        Assert.That(Ids(await GetAsync($"{path}?since={future}")), Is.Empty);
        Assert.That(Ids(await GetAsync($"{path}?until={past}")), Is.Empty);
        Assert.That((await GetAsync($"{path}?since=yesterdayish")).Status, Is.EqualTo(400));
    }

    [TestCaseSource(nameof(Paths))]
    public async Task A_page_has_1_to_1000_rows_and_a_cursor_is_one_of_the_list(string path)
    {
        foreach (var query in (string[])["limit=0", "limit=1001", "limit=x", "limit=1&limit=2", "cursor=x"])
            Assert.That((await GetAsync($"{path}?{query}")).Status, Is.EqualTo(400), query);
    }

    private static IEnumerable<string> Paths() => Lists.Select(list => list.Path);

    private static IEnumerable<string> TimedPaths() => Lists.Where(list => list.Query.Contains("since")).Select(list => list.Path);

    private static IEnumerable<TestCaseData> Filters() =>
        from list in Lists
        from parameter in list.Query.Except(Times).Except(["limit", "cursor"])
        where (list.Path, parameter) is not ("/integrations/events", "webhook_id")
        select new TestCaseData(list.Path, parameter);

    private static string ValueOfNone(string parameter) => parameter switch
    {
        "connector_type" => "INTEGRATION_CONNECTOR_INSTALL&connector_code=none-of-these",
        _ when parameter.EndsWith("_id", StringComparison.Ordinal) => Guid.NewGuid().ToString(),
        _ => "none-of-these",
    };

    private static string? Text(JsonObject row, string property) => row[property]?.ToString();

    private static string Id(JsonObject row) => (row["id"] ?? row["user_entity_id"])!.GetValue<string>();

    private static List<string> Ids(Answer answer) => [.. RouteScene.Rows(answer).Select(Id)];

    private Task<Answer> PageAsync(string path, int limit, string? cursor) => GetAsync($"{path}?limit={limit}" + (cursor is null ? "" : "&cursor=" + cursor));

    /// <summary>Organizations are more than one only for those who operate the platform.</summary>
    private Task<Answer> GetAsync(string path) => _scene.GetAsync(path, path.StartsWith("/organizations", StringComparison.Ordinal) ? _scene.PlatformToken : null);
}
