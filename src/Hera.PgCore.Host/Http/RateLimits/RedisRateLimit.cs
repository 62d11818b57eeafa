using System.Diagnostics;
using StackExchange.Redis;

namespace Hera.PgCore.Host.Http.RateLimits;

/// <summary>Sliding windows that all hosts share through Redis; where it does not answer, this host's memory counts.</summary>
internal sealed class RedisRateLimit(RedisConnection redis, IRateLimit memory, int limit, TimeSpan window) : IRateLimit
{
    /// <summary>One key a principal, so that a cluster needs no second; the time is Redis', since the hosts' clocks may differ.</summary>
    private const string Script = """
        local window, limit = tonumber(ARGV[1]), tonumber(ARGV[2])
        local time = redis.call('TIME')
        local now = time[1] * 1000 + math.floor(time[2] / 1000)
        local index, elapsed = math.floor(now / window), now % window
        local stored = redis.call('HMGET', KEYS[1], 'index', 'current', 'previous')
        local last, current, previous = tonumber(stored[1]) or 0, tonumber(stored[2]) or 0, tonumber(stored[3]) or 0
        if index ~= last then
          previous = index == last + 1 and current or 0
          current = 0
        end
        local allowed = current + previous * (window - elapsed) / window + 1 <= limit
        if allowed and ARGV[3] == '0' then
          current = current + 1
          redis.call('HSET', KEYS[1], 'index', index, 'current', current, 'previous', previous)
          redis.call('PEXPIRE', KEYS[1], 2 * window)
        end
        return {allowed and 1 or 0, current, previous, elapsed}
        """;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly RedisValue[] _taking = [(long)window.TotalMilliseconds, limit, 0];
    private readonly RedisValue[] _looking = [(long)window.TotalMilliseconds, limit, 1];
    private long _failedAt;

    public async ValueTask<RateUse> TakeAsync(string key, bool looksOnly = false)
    {
        var failedAt = Interlocked.Read(ref _failedAt);
        if (failedAt != 0 && Stopwatch.GetElapsedTime(failedAt) < Pause)
            return await memory.TakeAsync(key, looksOnly);
        try
        {
            var database = (await redis.OpenAsync()).GetDatabase();
            var counts = (long[])(await database.ScriptEvaluateAsync(Script, ["hera:rate:" + key], looksOnly ? _looking : _taking))!;
            return RateUse.Of(counts[0] == 1, limit, window.TotalMilliseconds, counts[3], counts[1], counts[2]);
        }
        catch (Exception exception) when (RedisConnection.IsAbsence(exception))
        {
            Interlocked.Exchange(ref _failedAt, Stopwatch.GetTimestamp());
            redis.Lost(exception.GetType().Name);
            return await memory.TakeAsync(key, looksOnly);
        }
    }
}
