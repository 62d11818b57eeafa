using Hera.PgCore.Tests.Observability;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Outbox;

/// <summary>Hosts that are killed, frozen or stopped while they deliver.</summary>
public sealed class HostFaultTests
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    private OutboxScene _scene = null!;

    [SetUp]
    public async Task StartAsync() => _scene = await OutboxScene.CreateAsync();

    [TearDown]
    public async Task StopAsync() => await _scene.DisposeAsync();

    [Test]
    public async Task Kill_minus_9_loses_nothing_and_duplicates_share_id_and_body()
    {
        await using var receiver = RawReceiver.Start(async (_, stream) =>
        {
            await Task.Delay(20);
            await RawReceiver.WriteAsync(stream, Ok);
        });
        await _scene.AddWebhookAsync(receiver.Url);
        await _scene.PublishAsync(600);

        await using (var killed = HostProcess.Start(_scene.Database.ConnectionString))
        {
            await _scene.UntilAsync(() => receiver.Requests.Count > 150, "the host is in the middle of it");
            await killed.KillAsync();
        }

        Assert.That(await _scene.CountAsync("hera.outbox_leases"), Is.Positive, "the killed host held deliveries");
        await _scene.ExpireLeasesAsync();
        await (await _scene.CreatePipelineAsync()).RunUntilEmptyAsync();

        var byId = receiver.Requests.GroupBy(request => request.Header("webhook-id")).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(byId, Has.Count.EqualTo(600));
            Assert.That(byId.Select(group => group.Select(request => Convert.ToHexString(request.Body)).Distinct().Count()), Is.All.EqualTo(1));
            Assert.That(await _scene.CountAsync("(select delivery_id from hera.attempts where status_code = 200 group by delivery_id) x"), Is.EqualTo(600));
            Assert.That(await _scene.CountAsync("hera.outbox_leases"), Is.Zero);
            Assert.That(await _scene.CountAsync("hera.dead_letters"), Is.Zero);
        }
    }

    [Test]
    public async Task A_host_that_was_frozen_past_its_lease_overwrites_nothing()
    {
        var holding = true;
        using var gate = new SemaphoreSlim(0);
        await using var receiver = RawReceiver.Start(async (_, stream) =>
        {
            if (Volatile.Read(ref holding))
                await gate.WaitAsync();
            await RawReceiver.WriteAsync(stream, Ok);
        });
        await _scene.AddWebhookAsync(receiver.Url);
        await _scene.PublishAsync(10);
        var url = $"http://127.0.0.1:{ListeningHost.FreePort()}";
        await using var zombie = HostProcess.Start(_scene.Database.ConnectionString, new() { ["HERA_URLS"] = url });
        await _scene.UntilAsync(() => receiver.Requests.Count == 10, "all are under way");

        zombie.Freeze();
        Volatile.Write(ref holding, false);
        gate.Release(100);
        await _scene.ExpireLeasesAsync();
        await (await _scene.CreatePipelineAsync()).RunUntilEmptyAsync();
        const string History = "select string_agg(format('%s %s %s', delivery_id, attempt, coalesce(status_code::text, error)), ',' order by delivery_id, attempt) from hera.attempts";
        var before = await _scene.Database.ScalarAsync<string>(History);
        zombie.Thaw();
        using var client = new HttpClient { BaseAddress = new Uri(url) };
        await _scene.UntilAsync(
            async () => new Scrape(await client.GetStringAsync(new Uri("/metrics", UriKind.Relative))).Value("hera_delivery_results_total", "result=\"lost\"") == 10, "it has reported, too late");
        await zombie.TerminateAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await _scene.Database.ScalarAsync<string>(History), Is.EqualTo(before), "its late reports change nothing");
            Assert.That(await _scene.CountAsync("hera.attempts where status_code = 200"), Is.EqualTo(10));
            Assert.That(await _scene.CountAsync("hera.attempts where error = 'lease_lost'"), Is.EqualTo(10));
            Assert.That(receiver.Requests, Has.Count.EqualTo(20));
            Assert.That(zombie.ExitCode, Is.Zero);
        }
    }

    [Test]
    public async Task SIGTERM_ends_a_host_in_order()
    {
        await using var receiver = RawReceiver.Start(async (_, stream) =>
        {
            await Task.Delay(50);
            await RawReceiver.WriteAsync(stream, Ok);
        });
        await _scene.AddWebhookAsync(receiver.Url);
        await _scene.PublishAsync(1000);
        await using var host = HostProcess.Start(_scene.Database.ConnectionString);
        await _scene.UntilAsync(() => receiver.Requests.Count > 50, "it delivers");

        await host.TerminateAsync();

        var sent = receiver.Requests.Count;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(host.ExitCode, Is.Zero);
            Assert.That(await _scene.CountAsync("hera.outbox_leases"), Is.Zero);
            Assert.That(await _scene.CountAsync("hera.attempts where status_code = 200"), Is.EqualTo(sent));
            Assert.That(await _scene.CountAsync("hera.outbox_ready"), Is.EqualTo(1000 - sent));
        }
    }
}
