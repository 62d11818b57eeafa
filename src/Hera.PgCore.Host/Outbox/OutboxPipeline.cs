using System.Diagnostics;
using Cronos;
using Hera.PgCore.Host.Observability;
using Hera.PgCore.Rpc;

namespace Hera.PgCore.Host.Outbox;

/// <summary>
/// Claims ahead while senders send and a reporter reports; the three never wait for each other but for room. It can be
/// run until stopped or until the queue is empty, with or without the web host around it.
/// </summary>
internal sealed class OutboxPipeline
{
    private readonly OutboxRpc _outbox;
    private readonly Sender _sender;
    private readonly PipelineOptions _options;
    private readonly ILogger _log;
    private readonly CronExpression _schedule;
    private readonly TimeProvider _time;
    private readonly Lock _countsGate = new();
    private PipelineCounts _counts;
    private AsyncSignal? _running;
    private ClaimPace? _pace;
    private int _woken;

    public OutboxPipeline(OutboxRpc outbox, Sender sender, PipelineOptions options, CronExpression schedule, ILogger log, TimeProvider? time = null)
    {
        _outbox = outbox;
        _sender = sender;
        _options = options;
        _schedule = schedule;
        _log = log;
        _time = time ?? TimeProvider.System;
    }

    public PipelineCounts Counts
    {
        get
        {
            lock (_countsGate)
                return _counts;
        }
    }

    /// <summary>How long it rests between claims: longer and longer while there is nothing to do.</summary>
    public TimeSpan Pause => Volatile.Read(ref _pace)?.Pause ?? TimeSpan.Zero;

    /// <summary>Makes a running pipeline claim soon, whatever its schedule.</summary>
    public void Wake()
    {
        Volatile.Write(ref _woken, 1);
        Volatile.Read(ref _running)?.Set();
    }

    /// <summary>Works until <paramref name="stopping"/>, then gives back what is unsent, ends what is under way and reports it.</summary>
    public Task RunAsync(CancellationToken stopping) => RunAsync(untilEmpty: false, stopping);

    /// <summary>Works until nothing is due and nothing is under way.</summary>
    /// <exception cref="RpcException">The database refused or could not be reached.</exception>
    public async Task<PipelineCounts> RunUntilEmptyAsync(CancellationToken stopping = default)
    {
        var before = Counts;
        await RunAsync(untilEmpty: true, stopping);
        return Counts - before;
    }

    private async Task RunAsync(bool untilEmpty, CancellationToken stopping)
    {
        var slots = Enumerable.Range(0, _options.Senders).Select(_ => new SendSlot()).ToArray();
        using var signal = new AsyncSignal();
        using var reporter = new ResultReporter(_outbox, _options, _log) { Reported = counts => Reported(counts, signal) };
        using var abandon = new CancellationTokenSource();
        await using var stop = stopping.Register(() => abandon.CancelAfter(_options.StopTime + TimeSpan.FromSeconds(5)));
        var run = new Run(new DeliveryQueue(slots, _options.SendersPerReceiver, _options.WaitingPerReceiver), reporter, signal, abandon.Token);
        Volatile.Write(ref _running, signal);
        var reporting = reporter.RunAsync(abandon.Token);
        try
        {
            await ClaimAsync(run, untilEmpty, stopping);
        }
        finally
        {
            Volatile.Write(ref _running, null);
            await GiveBackAsync(run, run.Queue.Clear());
            await EndSendsAsync(run, slots);
            reporter.End();
            abandon.CancelAfter(_options.StopTime);
            await reporting;
            foreach (var slot in slots)
                slot.Dispose();
        }
    }

    private async Task ClaimAsync(Run run, bool untilEmpty, CancellationToken stopping)
    {
        var pace = new ClaimPace(_schedule, _time);
        Volatile.Write(ref _pace, pace);
        while (!stopping.IsCancellationRequested)
        {
            if (TimeUntilClaim(run, pace) is var wait && wait != TimeSpan.Zero)
            {
                await run.Signal.WaitAsync(wait, stopping);
                continue;
            }

            var atRest = run.Reporter.Outstanding == 0 && pace.Cursor == 0;
            try
            {
                var found = await ClaimOnceAsync(run, pace);
                if (!untilEmpty || found > 0)
                    continue;
                if (atRest)
                    return;
                await UntilReportedAsync(run, stopping);
                Wake();
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (RpcException exception) when (!untilEmpty)
            {
                pace.Fail();
                _log.LogWarning("Claiming failed and will be repeated: {Error}", exception.Error.Code);
                _log.LogDebug(exception, "Claiming failed");
            }
        }
    }

    /// <summary>Zero where it is time to claim: there must be room, and the pace must say so.</summary>
    private TimeSpan TimeUntilClaim(Run run, ClaimPace pace)
    {
        run.WantsRoom = true;
        if (run.Queue.Waiting < _options.ClaimSize)
        {
            run.WantsRoom = false;
            return pace.Remaining(Volatile.Read(ref _woken) == 1);
        }

        // The buffer is full. Where senders are free none the less, its receivers are slow: others may have work meanwhile.
        if (run.Queue.Sending == _options.Senders)
            return Timeout.InfiniteTimeSpan;
        var left = run.LookAroundPause - Stopwatch.GetElapsedTime(run.ClaimedAt);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private async Task<int> ClaimOnceAsync(Run run, ClaimPace pace)
    {
        var woken = Interlocked.Exchange(ref _woken, 0) == 1;
        pace.Begin(woken);
        run.ClaimedAt = Stopwatch.GetTimestamp();
        // Not cancelled by a stop: a claim that the database has made must be known here, to be given back.
        var batch = await _outbox.ClaimAsync(_options.Worker, _options.ClaimSize, pace.Cursor, (int)_options.Lease.TotalSeconds, run.Abandoned);
        var count = batch.Deliveries.Count;
        pace.End(count, count >= _options.ClaimSize, batch.NextCursor);
        if (count == 0)
            return 0;

        lock (_countsGate)
            _counts = _counts with { Claimed = _counts.Claimed + count };
        run.Reporter.Expect(batch.Deliveries);
        var surplus = run.Queue.Add(batch.Deliveries, run.ClaimedAt, (slot, first) => _ = Task.Run(() => SendAllAsync(run, slot, first)));
        run.LookAroundPause = surplus.Count > 0 ? Min(2 * run.LookAroundPause, Run.LongestPause) : Run.ShortestPause;
        if (surplus.Count > 0)
            await GiveBackAsync(run, surplus);
        return count;
    }

    private async Task SendAllAsync(Run run, SendSlot slot, QueuedDelivery next)
    {
        do
        {
            if (IsStale(next))
                await GiveBackAsync(run, [next.Delivery]);
            else
                run.Reporter.Add(DeliveryMetrics.Observe(await _sender.SendAsync(next.Delivery, next.Url, slot)));

            if (run.WantsRoom && run.Queue.Waiting <= _options.ClaimSize)
                run.Signal.Set();
        }
        while (run.Queue.TryContinue(slot, next.Lane, out next));

        if (run.WantsRoom)
            run.Signal.Set();
    }

    private static async Task UntilReportedAsync(Run run, CancellationToken stopping)
    {
        while (run.Reporter.Outstanding > 0 && !stopping.IsCancellationRequested)
            await run.Signal.WaitAsync(Timeout.InfiniteTimeSpan, stopping);
    }

    /// <summary>Has it waited here so long that its lease might end before its answer comes?</summary>
    private bool IsStale(QueuedDelivery queued)
    {
        var latest = _options.Lease - TimeSpan.FromMilliseconds(queued.Delivery.TimeoutMs) - TimeSpan.FromSeconds(5);
        return Stopwatch.GetElapsedTime(queued.ClaimedAt) > (latest > _options.Lease / 4 ? latest : _options.Lease / 4);
    }

    private async Task GiveBackAsync(Run run, List<ClaimedDelivery> deliveries)
    {
        if (deliveries.Count == 0)
            return;
        run.Reporter.Forget(deliveries);
        run.Signal.Set();
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            await _outbox.ReleaseAsync(deliveries, limit.Token);
        }
        catch (Exception exception) when (exception is RpcException or OperationCanceledException)
        {
            _log.LogWarning("{Count} unsent deliveries could not be given back; their lease will expire", deliveries.Count);
        }
    }

    private async Task EndSendsAsync(Run run, SendSlot[] slots)
    {
        var stopped = Stopwatch.GetTimestamp();
        var aborted = false;
        while (run.Queue.Sending > 0)
        {
            if (!aborted && Stopwatch.GetElapsedTime(stopped) > _options.StopTime)
            {
                aborted = true;
                Array.ForEach(slots, slot => slot.Abort());
            }

            await Task.Delay(10);
        }
    }

    private void Reported(FinishCounts counts, AsyncSignal signal)
    {
        DeliveryMetrics.Count(counts);
        lock (_countsGate)
        {
            _counts = new PipelineCounts(
                _counts.Claimed,
                _counts.Delivered + counts.Delivered,
                _counts.Failed + counts.Failed,
                _counts.Dlq + counts.Dlq,
                _counts.Lost + counts.Lost);
        }

        signal.Set();
    }

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;

    private sealed class Run(DeliveryQueue queue, ResultReporter reporter, AsyncSignal signal, CancellationToken abandoned)
    {
        private volatile bool _wantsRoom;

        public static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(50);
        public static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

        public DeliveryQueue Queue { get; } = queue;

        public ResultReporter Reporter { get; } = reporter;

        public AsyncSignal Signal { get; } = signal;

        /// <summary>Cancelled when a stop has taken too long.</summary>
        public CancellationToken Abandoned { get; } = abandoned;

        /// <summary>The claimer has found the buffer full and is to be told of room.</summary>
        public bool WantsRoom
        {
            get => _wantsRoom;
            set => _wantsRoom = value;
        }

        public TimeSpan LookAroundPause { get; set; } = ShortestPause;

        public long ClaimedAt { get; set; }
    }
}
