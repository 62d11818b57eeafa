using System.Text.Json.Nodes;
using Hera.PgCore.Host.Connectors;
using Hera.PgCore.Host.Outbox;
using Hera.PgCore.Rpc;
using Hera.PgCore.Tests.Http;
using Hera.PgCore.Tests.Outbox;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Connectors;

/// <summary>What is due at providers by the clock: one request for many that want it, polls, health checks, workers that die.</summary>
public sealed class TaskTests
{
    private ConnectorScene _scene = null!;

    [SetUp]
    public async Task OpenAsync() => _scene = await ConnectorScene.CreateAsync();

    [TearDown]
    public async Task CloseAsync() => await _scene.DisposeAsync();

    [Test]
    public async Task Eight_workers_and_many_refused_calls_renew_a_token_once()
    {
        await _scene.InstallHubSpotAsync();
        await _scene.ConnectAsync("hubspot-crm");
        await _scene.Database.ExecuteAsync("update hera.secrets set created_at = created_at - interval '10 minutes'");
        var id = (await _scene.InstallationAsync("hubspot-crm"))["id"]!.GetValue<string>();
        var asked = Enumerable.Range(0, 8).Select(_ => _scene.Database.ScalarAsync<string>($"""
            select set_config('hera.organization_id', '{_scene.Tenant.Organization}', false) || hera_internal.request_refresh('{_scene.Tenant.Organization}', '{id}')
            """));
        Assert.That(await Task.WhenAll(asked), Has.All.EndsWith("due"));
        await using var database = new HeraDatabase(HeraDatabaseOptions.ForWorker(new NpgsqlConnectionStringBuilder(_scene.Database.ConnectionString), TestHost.EncryptionKey));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Runner(database, $"worker {number}").RunUntilEmptyAsync(default)));
        Assert.That(await _scene.Provider.RequestsAsync("hubspot", "/token"), Has.Count.EqualTo(2), "the first was for the code");
        Assert.That(await _scene.FareAsync("hubspot-crm"), Is.EqualTo("active ok"));
    }

    [Test]
    public async Task Campaigns_are_polled_and_each_change_is_one_event()
    {
        await _scene.InstallAsync("linkedin-api", new { client_id = "linkedin-app", client_secret = "linkedin-secret", sponsored_account_urn = "urn:li:sponsoredAccount:520866471" });
        await _scene.ConnectAsync("linkedin-api");
        for (var round = 1; round <= 2; round++)
        {
            await _scene.MakeDueAsync("poll");
            await _scene.WorkAsync();
            Assert.That(await _scene.EventsAsync("linkedin-api.campaign_updated"), Is.EqualTo(2));
        }
        var campaigns = new JsonArray();
        for (var id = 1; id <= 250; id++)
            campaigns.Add(new JsonObject { ["id"] = id, ["changeAuditStamps"] = new JsonObject { ["lastModified"] = new JsonObject { ["time"] = 1767225700000 + id } } });
        await _scene.Provider.SetCampaignsAsync(campaigns);
        await _scene.Provider.ForgetRequestsAsync();
        await _scene.MakeDueAsync("poll");
        await _scene.WorkAsync();
        Assert.That(await _scene.EventsAsync("linkedin-api.campaign_updated"), Is.EqualTo(252));
        Assert.That((await _scene.Provider.RequestsAsync("linkedin", "/adCampaigns")).Select(request => request.GetProperty("query").GetString()!.Split('&')[^1]),
            Is.EqualTo(new[] { "sortOrder=DESCENDING", "start=100", "start=200" }));

        // Nothing is newer than the cursor: the first page is enough.
        await _scene.Provider.ForgetRequestsAsync();
        await _scene.MakeDueAsync("poll");
        await _scene.WorkAsync();
        Assert.That(await _scene.Provider.RequestsAsync("linkedin", "/adCampaigns"), Has.Count.EqualTo(1));

        // Its day's limit.
        await _scene.Provider.FailAsync(new { provider = "linkedin", path = "/adCampaigns", name = "rate_limited" });
        await _scene.MakeDueAsync("poll");
        await _scene.WorkAsync();
        Assert.That(await _scene.FareAsync("linkedin-api"), Is.EqualTo("active degraded"));
        Assert.That(await _scene.Database.ScalarAsync<bool>("select due_at = (date_trunc('day', clock_timestamp() at time zone 'UTC') + interval '1 day') at time zone 'UTC' or due_at > clock_timestamp() from hera.connector_tasks where kind = 'poll'"));
    }

    [Test]
    public async Task Checks_tell_how_an_installation_fares()
    {
        await _scene.InstallHubSpotAsync();
        await _scene.ConnectAsync("hubspot-crm");
        await CheckAsync("active ok");
        foreach (var fare in (string[])["active degraded", "active degraded", "error failing"])
        {
            await _scene.Provider.FailAsync(new { provider = "hubspot", path = "/contacts", status = 500 });
            await CheckAsync(fare);
        }
        await CheckAsync("active ok");

        // The token has ended before its time: it is renewed, and the check that follows is well.
        await _scene.Database.ExecuteAsync("update hera.secrets set created_at = created_at - interval '10 minutes'");
        await _scene.Provider.ExpireTokensAsync("hubspot");
        await CheckAsync("active ok");
        Assert.That(await _scene.Provider.RequestsAsync("hubspot", "/token"), Has.Count.EqualTo(2));
        await _scene.MakeDueAsync("health");
        await _scene.WorkAsync();
        Assert.That(await _scene.FareAsync("hubspot-crm"), Is.EqualTo("active ok"));
    }

    [Test]
    public async Task Another_worker_takes_over_from_one_that_was_killed()
    {
        await _scene.InstallHubSpotAsync();
        await _scene.ConnectAsync("hubspot-crm");
        await _scene.Provider.FailAsync(new { provider = "hubspot", path = "/token", hang = true });
        await _scene.MakeDueAsync("refresh");
        await using (var worker = HostProcess.Start(_scene.Database.ConnectionString))
        {
            var seen = await Eventually.Async(async () => (await _scene.Provider.RequestsAsync("hubspot", "/token")).Count, count => count == 2, 60);
            Assert.That(seen, Is.EqualTo(2), worker.Output);
            await worker.KillAsync();
        }
        await _scene.WorkAsync();
        Assert.That(await _scene.Provider.RequestsAsync("hubspot", "/token"), Has.Count.EqualTo(2), "its lease is not over");
        await _scene.MakeDueAsync("refresh");
        await _scene.WorkAsync();
        Assert.That(await _scene.Provider.RequestsAsync("hubspot", "/token"), Has.Count.EqualTo(3));
        Assert.That(await _scene.FareAsync("hubspot-crm"), Is.EqualTo("active ok"));
    }

    [Test]
    public async Task A_running_worker_does_it_by_itself_and_stops_when_told()
    {
        await _scene.InstallHubSpotAsync();
        await _scene.ConnectAsync("hubspot-crm");
        var host = await TestHost.StartAsync(_scene.Database, new() { ["HERA_PUBLIC_URL"] = "https://hera.example.com" });
        await _scene.MakeDueAsync("refresh");
        var seen = await Eventually.Async(async () => (await _scene.Provider.RequestsAsync("hubspot", "/token")).Count, count => count == 2, 30);
        await host.DisposeAsync();
        Assert.That(seen, Is.EqualTo(2));
        Assert.That(await _scene.FareAsync("hubspot-crm"), Is.EqualTo("active ok"), "what was under way was reported before it stopped");
    }

    private async Task CheckAsync(string fare)
    {
        await _scene.PostAsync("/integrations/connector-health", new { operation = "CHECK", connector_code = "hubspot-crm" });
        await _scene.WorkAsync();
        Assert.That(await _scene.FareAsync("hubspot-crm"), Is.EqualTo(fare));
    }

    private TaskRunner Runner(HeraDatabase database, string worker) => new(
        new ConnectorRpc(database),
        _scene.Host.Services.GetRequiredService<Sender>(),
        _scene.Host.Services.GetRequiredService<OutboxPipeline>(),
        new PipelineOptions { Worker = worker },
        NullLogger<TaskRunner>.Instance);
}
