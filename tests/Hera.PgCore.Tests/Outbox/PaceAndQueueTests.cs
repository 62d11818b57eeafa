using Cronos;
using Hera.PgCore.Host.Outbox;
using Hera.PgCore.Rpc;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Outbox;

/// <summary>When to claim and whom to send to next, without a database.</summary>
public sealed class PaceAndQueueTests
{
    private readonly Clock _clock = new();

    [Test]
    public void Empty_claims_become_seldom_down_to_the_schedule()
    {
        var pace = new ClaimPace(CronExpression.Parse("*/5 * * * * *", CronFormat.IncludeSeconds), _clock);
        var pauses = new List<double>();
        for (var claim = 0; claim < 14; claim++)
        {
            pace.Begin(woken: false);
            pace.End(0, full: false, 0);
            pauses.Add(pace.Remaining(woken: false).TotalMilliseconds);
            _clock.Advance(pace.Remaining(woken: false));
        }

        Assert.That(pauses.Take(8), Is.EqualTo(new[] { 5.0, 10, 20, 40, 80, 160, 320, 640 }));
        Assert.That(pauses, Is.All.LessThanOrEqualTo(5000));
        Assert.That(_clock.GetUtcNow().Second % 5, Is.Zero, "at rest the schedule decides");
    }

    [Test]
    public void Full_claims_follow_at_once_and_others_after_5_ms()
    {
        var pace = new ClaimPace(CronExpression.Parse("0 0 * * * *", CronFormat.IncludeSeconds), _clock);

        pace.Begin(woken: false);
        pace.End(100, full: true, 100);
        Assert.That(pace.Remaining(woken: false), Is.EqualTo(TimeSpan.Zero));
        pace.Begin(woken: false);
        pace.End(3, full: false, 103);
        Assert.That(pace.Remaining(woken: false), Is.EqualTo(TimeSpan.FromMilliseconds(5)));
    }

    [Test]
    public void Being_woken_ends_a_rest()
    {
        var pace = new ClaimPace(CronExpression.Parse("0 0 * * * *", CronFormat.IncludeSeconds), _clock);
        for (var claim = 0; claim < 20; claim++)
        {
            pace.Begin(woken: false);
            pace.End(0, full: false, 0);
            _clock.Advance(pace.Remaining(woken: false));
        }

        pace.Begin(woken: false);
        pace.End(0, full: false, 0);

        Assert.That(pace.Remaining(woken: false), Is.GreaterThan(TimeSpan.FromMinutes(1)));
        Assert.That(pace.Remaining(woken: true), Is.LessThanOrEqualTo(TimeSpan.FromMilliseconds(5)));
    }

    [Test]
    public void The_cursor_goes_back_to_the_start_when_nothing_is_left_and_once_a_second_at_most_while_claims_are_full()
    {
        var pace = new ClaimPace(CronExpression.Parse("0 0 * * * *", CronFormat.IncludeSeconds), _clock);
        pace.Begin(woken: false);
        pace.End(100, full: true, 100);
        pace.Begin(woken: false);
        Assert.That(pace.Cursor, Is.EqualTo(100));
        pace.End(100, full: true, 200);
        _clock.Advance(TimeSpan.FromSeconds(1.1));
        pace.Begin(woken: false);
        Assert.That(pace.Cursor, Is.Zero, "a second is over");
        pace.End(100, full: true, 300);
        pace.Begin(woken: false);
        pace.End(0, full: false, 0);

        Assert.That(pace.Cursor, Is.Zero);
        Assert.That(pace.Remaining(woken: false), Is.EqualTo(TimeSpan.Zero), "empty behind a cursor: look from the start before resting");
    }

    [Test]
    public void A_failing_database_is_asked_every_two_seconds_at_least()
    {
        var pace = new ClaimPace(CronExpression.Parse("0 0 * * * *", CronFormat.IncludeSeconds), _clock);
        for (var claim = 0; claim < 20; claim++)
        {
            pace.Begin(woken: false);
            pace.Fail();
            Assert.That(pace.Remaining(woken: false), Is.InRange(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(2)));
        }
    }

    [Test]
    public void Receivers_take_turns_and_none_gets_more_senders_than_its_share()
    {
        var slots = Enumerable.Range(0, 8).Select(_ => new SendSlot()).ToArray();
        var queue = new DeliveryQueue(slots, maxSendersPerLane: 2, maxWaitingPerLane: 100);
        var started = new List<(SendSlot Slot, QueuedDelivery Delivery)>();
        string[] urls = [.. Enumerable.Repeat("https://a.example/x", 6), .. Enumerable.Repeat("https://b.example/", 6)];

        queue.Add(urls.Select(Delivery).ToList(), 0, (slot, delivery) => started.Add((slot, delivery)));

        Assert.That(started.Select(item => item.Delivery.Url!.Host), Is.EqualTo(new[] { "a.example", "b.example", "a.example", "b.example" }));
        Assert.That((queue.Waiting, queue.Sending), Is.EqualTo((8, 4)));
        Assert.That(queue.TryContinue(started[0].Slot, started[0].Delivery.Lane, out var next), Is.True);
        Assert.That(next.Url!.Host, Is.EqualTo("a.example"), "the freed share goes to the same receiver");
        Assert.That(queue.Clear(), Has.Count.EqualTo(7));
        Assert.That(queue.TryContinue(started[1].Slot, started[1].Delivery.Lane, out _), Is.False);
    }

    [Test]
    public void What_one_receiver_may_not_keep_waiting_is_handed_back()
    {
        var queue = new DeliveryQueue([new SendSlot()], maxSendersPerLane: 1, maxWaitingPerLane: 3);

        var surplus = queue.Add(Enumerable.Repeat("https://a.example/", 5).Append("https://b.example/").Select(Delivery).ToList(), 0, (_, _) => { });

        Assert.That(surplus.Select(delivery => delivery.Url), Is.EqualTo(new[] { "https://a.example/", "https://a.example/" }));
    }

    private static ClaimedDelivery Delivery(string url) => SenderBench.Delivery(url);

    private sealed class Clock : TimeProvider
    {
        private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => _now;

        public override long GetTimestamp() => _now.Ticks;

        public void Advance(TimeSpan time) => _now += time;
    }
}
