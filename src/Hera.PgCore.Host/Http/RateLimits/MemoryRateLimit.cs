using System.Collections.Concurrent;

namespace Hera.PgCore.Host.Http.RateLimits;

/// <summary>
/// Sliding windows of this host alone. The framework's limiter is not used, since it can't tell when the next request will pass,
/// which Retry-After has to.
/// </summary>
internal sealed class MemoryRateLimit(int limit, TimeSpan window, TimeProvider clock) : IRateLimit
{
    private readonly ConcurrentDictionary<string, Counter> _counters = new(StringComparer.Ordinal);
    private long _prunedAt;

    /// <summary>Keys that are remembered.</summary>
    public int Count => _counters.Count;

    public ValueTask<RateUse> TakeAsync(string key, bool looksOnly = false)
    {
        var now = clock.GetElapsedTime(0).TotalMilliseconds;
        var index = (long)(now / window.TotalMilliseconds);
        Prune(index);
        return new(_counters.GetOrAdd(key, static _ => new Counter()).Take(limit, window.TotalMilliseconds, index, now % window.TotalMilliseconds, looksOnly));
    }

    /// <summary>Once a window, forgets whoever made no request in this one and the one before.</summary>
    private void Prune(long index)
    {
        var last = Interlocked.Read(ref _prunedAt);
        if (last == index || Interlocked.CompareExchange(ref _prunedAt, index, last) != last)
            return;
        foreach (var (key, counter) in _counters)
        {
            if (counter.Index < index - 1)
                _counters.TryRemove(key, out _);
        }
    }

    private sealed class Counter
    {
        private readonly Lock _counting = new();
        private long _current;
        private long _previous;

        public long Index { get; private set; }

        public RateUse Take(int limit, double windowMs, long index, double elapsedMs, bool looksOnly)
        {
            lock (_counting)
            {
                if (index != Index)
                    (_previous, _current, Index) = (index == Index + 1 ? _current : 0, 0, index);
                var isAllowed = _current + _previous * (windowMs - elapsedMs) / windowMs + 1 <= limit;
                if (isAllowed && !looksOnly)
                    _current++;
                return RateUse.Of(isAllowed, limit, windowMs, elapsedMs, _current, _previous);
            }
        }
    }
}
