using System.Diagnostics;
using Hera.PgCore.Host.Outbox;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Outbox;

/// <summary>The pipeline over a real database and real sockets.</summary>
public sealed class PipelineTests
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    private OutboxScene _scene = null!;

    [SetUp]
    public async Task StartAsync() => _scene = await OutboxScene.CreateAsync();

    [TearDown]
    public async Task StopAsync() => await _scene.DisposeAsync();

    [Test]
    public async Task Every_delivery_arrives_once_and_is_reported()
    {
        await using var receiver = RawReceiver.StartWith(Ok);
        await _scene.AddWebhookAsync(receiver.Url);
        await _scene.PublishAsync(1500);

        var counts = await (await _scene.CreatePipelineAsync()).RunUntilEmptyAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That((counts.Delivered, counts.Failed, counts.Dlq, counts.Lost), Is.EqualTo((1500L, 0L, 0L, 0L)));
            Assert.That(Ids(receiver).Distinct().Count(), Is.EqualTo(1500));
            Assert.That(receiver.Requests, Has.Count.EqualTo(1500));
            Assert.That(await _scene.CountAsync("hera.attempts where status_code = 200"), Is.EqualTo(1500));
            Assert.That(await _scene.CountAsync("hera.outbox_leases"), Is.Zero);
        }
    }

    [Test]
    public async Task Two_pipelines_side_by_side_deliver_each_once()
    {
        await using var receiver = RawReceiver.StartWith(Ok);
        await _scene.AddWebhookAsync(receiver.Url);
        await _scene.PublishAsync(2000);
        var options = new PipelineOptions { ClaimSize = 50 };
        var pipelines = new[] { await _scene.CreatePipelineAsync(options), await _scene.CreatePipelineAsync(options with { Worker = "another" }) };

        var counts = await Task.WhenAll(pipelines.Select(pipeline => pipeline.RunUntilEmptyAsync()));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(receiver.Requests, Has.Count.EqualTo(2000));
            Assert.That(Ids(receiver).Distinct().Count(), Is.EqualTo(2000));
            Assert.That(counts.Sum(count => count.Delivered), Is.EqualTo(2000));
            Assert.That(counts.Min(count => count.Delivered), Is.Positive, "both took part");
        }
    }

    [Test]
    public async Task A_stop_gives_back_what_is_unsent_and_reports_what_was_sent()
    {
        using var gate = new SemaphoreSlim(0);
        await using var receiver = RawReceiver.Start(async (_, stream) =>
        {
            await gate.WaitAsync();
            await RawReceiver.WriteAsync(stream, Ok);
        });
        await _scene.AddWebhookAsync(receiver.Url);
        await _scene.PublishAsync(300);
        using var stop = new CancellationTokenSource();
        var pipeline = await _scene.CreatePipelineAsync();

        var running = pipeline.RunAsync(stop.Token);
        await _scene.UntilAsync(() => receiver.Requests.Count >= 16, "a quarter of the senders is at work");
        await stop.CancelAsync();
        await _scene.UntilAsync(async () => await _scene.CountAsync("hera.outbox_ready") == 284, "what is unsent is given back");
        gate.Release(1000);
        await running;

        var sent = receiver.Requests.Count;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(sent, Is.EqualTo(16), "nothing is begun after the stop");
            Assert.That(await _scene.CountAsync("hera.attempts where status_code = 200"), Is.EqualTo(sent));
            Assert.That(await _scene.CountAsync("hera.outbox_ready where attempt = 1"), Is.EqualTo(300 - sent), "given back, no attempt counted");
            Assert.That(await _scene.CountAsync("hera.outbox_leases"), Is.Zero);
        }
    }

    [Test]
    public async Task A_stop_does_not_wait_for_a_hanging_receiver_for_long()
    {
        await using var receiver = RawReceiver.Start((_, _) => Task.Delay(Timeout.Infinite));
        await _scene.AddWebhookAsync(receiver.Url);
        await _scene.PublishAsync(5);
        using var stop = new CancellationTokenSource();
        var pipeline = await _scene.CreatePipelineAsync(new PipelineOptions { StopTime = TimeSpan.FromSeconds(1) });

        var running = pipeline.RunAsync(stop.Token);
        await _scene.UntilAsync(() => receiver.Requests.Count == 5, "all are under way");
        var clock = Stopwatch.StartNew();
        await stop.CancelAsync();
        await running;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(6)));
            Assert.That(await _scene.CountAsync("hera.attempts where error = 'timeout'"), Is.EqualTo(5));
            Assert.That(await _scene.CountAsync("hera.outbox_leases"), Is.Zero);
        }
    }

    [Test]
    public async Task A_hanging_receiver_holds_back_neither_others_nor_their_reports()
    {
        await using var hanging = RawReceiver.Start((_, _) => Task.Delay(Timeout.Infinite));
        await using var healthy = RawReceiver.StartWith(Ok);
        await _scene.AddWebhookAsync(hanging.Url, timeoutMs: 60_000);
        await _scene.AddWebhookAsync(healthy.Url);
        await _scene.PublishAsync(500);
        using var stop = new CancellationTokenSource();
        var pipeline = await _scene.CreatePipelineAsync(new PipelineOptions { StopTime = TimeSpan.Zero });

        var running = pipeline.RunAsync(stop.Token);
        await _scene.UntilAsync(async () => await _scene.CountAsync("hera.attempts where status_code = 200") == 500, "the healthy receiver's are reported");

        Assert.That(hanging.Requests, Has.Count.EqualTo(16), "a quarter of the senders at most");
        await stop.CancelAsync();
        await running;
    }

    [Test]
    public async Task A_backlog_for_a_hanging_receiver_does_not_hide_what_comes_later()
    {
        await using var hanging = RawReceiver.Start((_, _) => Task.Delay(Timeout.Infinite));
        await using var healthy = RawReceiver.StartWith(Ok);
        await _scene.AddWebhookAsync(hanging.Url, timeoutMs: 60_000);
        await _scene.PublishAsync(1000);
        using var stop = new CancellationTokenSource();
        var pipeline = await _scene.CreatePipelineAsync(new PipelineOptions { StopTime = TimeSpan.FromSeconds(1), ClaimSize = 50 });

        var running = pipeline.RunAsync(stop.Token);
        await _scene.UntilAsync(() => hanging.Requests.Count == 16, "the hanging receiver has its share");
        await _scene.AddWebhookAsync(healthy.Url);
        await _scene.PublishAsync(1);
        pipeline.Wake();
        await _scene.UntilAsync(() => !healthy.Requests.IsEmpty, "the later one arrives");

        await stop.CancelAsync();
        await running;
        Assert.That(await _scene.CountAsync("hera.outbox_leases"), Is.Zero);
    }

    [Test]
    public async Task A_fifo_webhook_gets_one_at_a_time_in_order()
    {
        var under = 0;
        var most = 0;
        await using var receiver = RawReceiver.Start(async (_, stream) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref under));
            await Task.Delay(2);
            Interlocked.Decrement(ref under);
            await RawReceiver.WriteAsync(stream, Ok);
        });
        await _scene.AddWebhookAsync(receiver.Url, ordering: "fifo");
        await _scene.PublishAsync(60);

        await (await _scene.CreatePipelineAsync()).RunUntilEmptyAsync();

        var numbers = receiver.Requests.Select(request => System.Text.Json.JsonDocument.Parse(request.Body).RootElement.GetProperty("data").GetProperty("number").GetInt32());
        Assert.That(numbers, Is.EqualTo(Enumerable.Range(0, 60)));
        Assert.That(most, Is.EqualTo(1));
    }

    [Test]
    public async Task What_waited_too_long_is_given_back_and_not_sent()
    {
        await using var receiver = RawReceiver.Start(async (_, stream) =>
        {
            await Task.Delay(1500);
            await RawReceiver.WriteAsync(stream, Ok);
        });
        await _scene.AddWebhookAsync(receiver.Url, timeoutMs: 2000);
        await _scene.PublishAsync(6);
        // Of six deliveries one sender begins two before a quarter of the lease of 4 s is over.
        var options = new PipelineOptions { Senders = 1, Lease = TimeSpan.FromSeconds(4) };
        using var stop = new CancellationTokenSource();
        var running = (await _scene.CreatePipelineAsync(options)).RunAsync(stop.Token);
        await _scene.UntilAsync(async () => await _scene.CountAsync("hera.attempts where status_code = 200") == 6, "all have arrived", 40);
        await stop.CancelAsync();
        await running;

        Assert.That(Ids(receiver), Is.Unique, "what was given back is sent once, under a new lease");
        Assert.That(await _scene.CountAsync("hera.attempts"), Is.EqualTo(6), "and giving back counts no attempt");
    }

    private static IEnumerable<string> Ids(RawReceiver receiver) => receiver.Requests.Select(request => request.Header("webhook-id")!);
}
