using Hera.PgCore.Rpc;

namespace Hera.PgCore.Host.Outbox;

/// <summary>A claimed delivery on its way to a sender.</summary>
/// <param name="Delivery">The request.</param>
/// <param name="Url">Its parsed address, null where it cannot be parsed.</param>
/// <param name="Lane">The receiver it waits for.</param>
/// <param name="ClaimedAt">Stopwatch timestamp from before the claim.</param>
internal readonly record struct QueuedDelivery(ClaimedDelivery Delivery, Uri? Url, DeliveryQueue.Lane Lane, long ClaimedAt);

/// <summary>
/// Claimed deliveries, in one lane a receiver. Lanes take turns and only so many senders work on one, so a receiver that
/// hangs keeps its own deliveries waiting and nobody else's. Idle senders are parked here, under the same lock.
/// </summary>
internal sealed class DeliveryQueue
{
    private const int MaxKnownUrls = 4096;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Lane> _lanes = [];
    private readonly Dictionary<string, (Uri? Url, string Key)> _urls = [];
    private readonly Queue<Lane> _runnable = [];
    private readonly Stack<SendSlot> _parked;
    private readonly int _maxSendersPerLane;
    private readonly int _maxWaitingPerLane;
    private readonly int _slots;
    private int _waiting;

    public DeliveryQueue(IReadOnlyCollection<SendSlot> slots, int maxSendersPerLane, int maxWaitingPerLane)
    {
        _parked = new Stack<SendSlot>(slots);
        _slots = slots.Count;
        _maxSendersPerLane = maxSendersPerLane;
        _maxWaitingPerLane = maxWaitingPerLane;
    }

    /// <summary>Deliveries that no sender has taken yet.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Senders at work.</summary>
    public int Sending
    {
        get
        {
            lock (_gate)
                return _slots - _parked.Count;
        }
    }

    /// <summary>Queues deliveries and starts parked senders for them.</summary>
    /// <returns>Those beyond what one receiver may keep waiting here; they are to be given back.</returns>
    public List<ClaimedDelivery> Add(IReadOnlyList<ClaimedDelivery> deliveries, long claimedAt, Action<SendSlot, QueuedDelivery> start)
    {
        var surplus = new List<ClaimedDelivery>();
        lock (_gate)
        {
            foreach (var delivery in deliveries)
            {
                var (url, key) = Locate(delivery.Url);
                if (!_lanes.TryGetValue(key, out var lane))
                    _lanes[key] = lane = new Lane(key);
                if (lane.Waiting.Count >= _maxWaitingPerLane)
                {
                    surplus.Add(delivery);
                    continue;
                }

                lane.Waiting.Enqueue(new QueuedDelivery(delivery, url, lane, claimedAt));
                _waiting++;
                MakeRunnable(lane);
            }

            while (_parked.Count > 0 && TakeNext(out var next))
                start(_parked.Pop(), next);
        }

        return surplus;
    }

    /// <summary>The next delivery for a sender that has finished one in <paramref name="done"/>; parks the sender where there is none.</summary>
    public bool TryContinue(SendSlot slot, Lane done, out QueuedDelivery next)
    {
        lock (_gate)
        {
            done.Senders--;
            MakeRunnable(done);
            if (done.Senders == 0 && done.Waiting.Count == 0)
                _lanes.Remove(done.Key);
            if (TakeNext(out next))
                return true;
            _parked.Push(slot);
            return false;
        }
    }

    /// <summary>Takes out everything that no sender has taken.</summary>
    public List<ClaimedDelivery> Clear()
    {
        lock (_gate)
        {
            var unsent = _lanes.Values.SelectMany(lane => lane.Waiting).Select(queued => queued.Delivery).ToList();
            foreach (var lane in _lanes.Values)
                lane.Waiting.Clear();
            _runnable.Clear();
            foreach (var lane in _lanes.Values)
                lane.IsRunnable = false;
            _waiting = 0;
            return unsent;
        }
    }

    private bool TakeNext(out QueuedDelivery next)
    {
        if (!_runnable.TryDequeue(out var lane))
        {
            next = default;
            return false;
        }

        lane.IsRunnable = false;
        next = lane.Waiting.Dequeue();
        lane.Senders++;
        _waiting--;
        MakeRunnable(lane);
        return true;
    }

    private void MakeRunnable(Lane lane)
    {
        if (lane.IsRunnable || lane.Waiting.Count == 0 || lane.Senders >= _maxSendersPerLane)
            return;
        lane.IsRunnable = true;
        _runnable.Enqueue(lane);
    }

    private (Uri? Url, string Key) Locate(string text)
    {
        if (_urls.TryGetValue(text, out var known))
            return known;
        if (_urls.Count >= MaxKnownUrls)
            _urls.Clear();
        var located = Uri.TryCreate(text, UriKind.Absolute, out var url) ? (url, url.Authority) : (null, "");
        return _urls[text] = located;
    }

    /// <summary>The deliveries of one receiver, told apart by host and port.</summary>
    internal sealed class Lane(string key)
    {
        public string Key { get; } = key;

        public Queue<QueuedDelivery> Waiting { get; } = [];

        public int Senders { get; set; }

        public bool IsRunnable { get; set; }
    }
}
