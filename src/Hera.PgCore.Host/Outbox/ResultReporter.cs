using System.Diagnostics;
using Hera.PgCore.Rpc;

namespace Hera.PgCore.Host.Outbox;

/// <summary>
/// Gathers results and reports them in few calls: a lease as soon as it is complete, the rest of a slow one after a short
/// while, so that one hanging receiver does not hold back what others have answered.
/// </summary>
internal sealed class ResultReporter(OutboxRpc outbox, PipelineOptions options, ILogger log) : IDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly Dictionary<long, Lease> _leases = [];
    private readonly AsyncSignal _signal = new();
    private int _outstanding;
    private bool _ending;

    /// <summary>Called after each report that the database took.</summary>
    public Action<FinishCounts>? Reported { get; set; }

    /// <summary>Deliveries that are claimed and neither reported nor given back.</summary>
    public int Outstanding => Volatile.Read(ref _outstanding);

    /// <summary>Announces claimed deliveries, before any of them is sent.</summary>
    public void Expect(IReadOnlyList<ClaimedDelivery> deliveries)
    {
        lock (_gate)
        {
            foreach (var delivery in deliveries)
            {
                if (!_leases.TryGetValue(delivery.LeaseId, out var lease))
                    _leases[delivery.LeaseId] = lease = new Lease();
                lease.Open++;
            }

            _outstanding += deliveries.Count;
        }
    }

    /// <summary>Takes back announced deliveries that will not be sent.</summary>
    public void Forget(IReadOnlyList<ClaimedDelivery> deliveries)
    {
        lock (_gate)
        {
            foreach (var delivery in deliveries)
            {
                var lease = _leases[delivery.LeaseId];
                if (--lease.Open == 0 && lease.Results.Count == 0)
                    _leases.Remove(delivery.LeaseId);
            }

            _outstanding -= deliveries.Count;
        }

        _signal.Set();
    }

    public void Add(DeliveryResult result)
    {
        bool wake;
        lock (_gate)
        {
            var lease = _leases[result.LeaseId];
            if (lease.Results.Count == 0)
                lease.FirstAt = Stopwatch.GetTimestamp();
            lease.Results.Add(result);
            lease.Open--;
            wake = lease.Open == 0 || lease.Results.Count == 1;
        }

        if (wake)
            _signal.Set();
    }

    /// <summary>Reports until <see cref="End"/> was called and nothing is left, or until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            var due = TakeDue(out var pending);
            if (due.Count > 0)
                await ReportAsync(due, cancellation);
            else if (_ending && !pending)
                return;
            else
                await _signal.WaitAsync(pending ? options.Linger / 4 : Timeout.InfiniteTimeSpan, cancellation);
        }
    }

    /// <summary>No more results will come.</summary>
    public void End()
    {
        Volatile.Write(ref _ending, true);
        _signal.Set();
    }

    public void Dispose() => _signal.Dispose();

    private List<DeliveryResult> TakeDue(out bool pending)
    {
        var due = new List<DeliveryResult>();
        pending = false;
        lock (_gate)
        {
            foreach (var (id, lease) in _leases)
            {
                if (lease.Results.Count == 0)
                    continue;
                var isDue = lease.Open == 0 || _ending || Stopwatch.GetElapsedTime(lease.FirstAt) >= options.Linger;
                if (!isDue || due.Count + lease.Results.Count > Math.Max(options.ReportSize, lease.Results.Count))
                {
                    pending = true;
                    continue;
                }

                due.AddRange(lease.Results);
                lease.Results.Clear();
                if (lease.Open == 0)
                    _leases.Remove(id);
            }
        }

        return due;
    }

    private async Task ReportAsync(List<DeliveryResult> results, CancellationToken cancellation)
    {
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                Settle(results.Count, await outbox.FinishAsync(results, cancellation));
                return;
            }
            catch (RpcException exception) when (exception.Error.Status is 503 or 504)
            {
                log.LogWarning("Results of {Count} deliveries wait for the database: {Error}", results.Count, exception.Error.Code);
                await Task.Delay(pause, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (RpcException exception) when (results.Count > 1)
            {
                // One result that the database refuses must not take the others with it.
                log.LogWarning(exception, "A report of {Count} results was refused and is split", results.Count);
                var half = results.Count / 2;
                await ReportAsync(results[..half], cancellation);
                await ReportAsync(results[half..], cancellation);
                return;
            }
            catch (Exception exception)
            {
                if (!cancellation.IsCancellationRequested)
                    log.LogError(exception, "The result of delivery {DeliveryId} is dropped; its lease will expire", results[0].DeliveryId);
                Settle(results.Count, default);
                return;
            }
        }
    }

    private void Settle(int count, FinishCounts counts)
    {
        Interlocked.Add(ref _outstanding, -count);
        Reported?.Invoke(counts);
    }

    private sealed class Lease
    {
        public List<DeliveryResult> Results { get; } = [];

        public int Open { get; set; }

        public long FirstAt { get; set; }
    }
}
