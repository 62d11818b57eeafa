using Cronos;

namespace Hera.PgCore.Host.Outbox;

/// <summary>
/// When to claim next: at once while claims come back full, after 5 ms while there is something, and ever more seldom
/// down to the schedule while there is nothing. Being woken starts over.
/// </summary>
internal sealed class ClaimPace(CronExpression schedule, TimeProvider time)
{
    private static readonly TimeSpan Busy = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestCursorPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(2);

    private long _claimedAt;
    private TimeSpan _pause = TimeSpan.Zero;
    private TimeSpan _restPause = Busy;
    private TimeSpan _cursorPause;
    private long _cursorResetAt;
    private bool _full;

    /// <summary>Where the next claim starts reading.</summary>
    public long Cursor { get; private set; }

    /// <summary>Time between the last claim and the next, unless woken.</summary>
    public TimeSpan Pause => _pause;

    /// <summary>Time left until the next claim; never negative.</summary>
    public TimeSpan Remaining(bool woken)
    {
        var pause = woken && _pause > Busy ? Busy : _pause;
        var left = _claimedAt == 0 ? TimeSpan.Zero : pause - time.GetElapsedTime(_claimedAt);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <summary>
    /// To be called just before a claim: goes back to the start of the queue from time to time, where late commits appear.
    /// Reading from there costs more, so it takes at most a twentieth of the time, and waits longer while there is plenty to do.
    /// </summary>
    public void Begin(bool woken)
    {
        _claimedAt = time.GetTimestamp();
        if (woken)
            _restPause = Busy;
        var pause = _full && _cursorPause < LongestCursorPause ? LongestCursorPause : _cursorPause;
        if (time.GetElapsedTime(_cursorResetAt) >= pause)
            Cursor = 0;
    }

    /// <summary>To be called after a claim.</summary>
    public void End(int count, bool full, long nextCursor)
    {
        if (Cursor == 0)
        {
            _cursorPause = 20 * time.GetElapsedTime(_claimedAt);
            _cursorResetAt = time.GetTimestamp();
        }

        // Behind a cursor something may have been committed late: look from the start before resting.
        var again = count == 0 && Cursor != 0;
        Cursor = count == 0 ? 0 : nextCursor;
        _full = full;
        if (count > 0)
            _restPause = Busy;
        _pause = full || again ? TimeSpan.Zero : count > 0 ? Busy : Rest();
    }

    /// <summary>To be called after a claim that failed.</summary>
    public void Fail()
    {
        Cursor = 0;
        _pause = TimeSpan.FromMilliseconds(Math.Clamp(2 * _pause.TotalMilliseconds, 100, LongestRetry.TotalMilliseconds));
    }

    private TimeSpan Rest()
    {
        var now = time.GetUtcNow();
        var scheduled = schedule.GetNextOccurrence(now.UtcDateTime) is { } next ? next - now.UtcDateTime : Longest;
        var pause = _restPause < scheduled ? _restPause : scheduled;
        _restPause = 2 * _restPause < Longest ? 2 * _restPause : Longest;
        return pause;
    }
}
