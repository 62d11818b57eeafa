namespace Hera.PgCore.Host.Http.RateLimits;

/// <summary>What one request found of its window, and what a caller is told of it.</summary>
/// <param name="IsAllowed">Whether the request may go on.</param>
/// <param name="Limit">Requests that a window allows.</param>
/// <param name="Remaining">How many are left now.</param>
/// <param name="ResetSeconds">When there will be more: where none is left, when the next one passes.</param>
internal readonly record struct RateUse(bool IsAllowed, int Limit, int Remaining, int ResetSeconds)
{
    /// <summary>
    /// Judges the counts of a sliding window: those of the running window, and of the one before in proportion to how much of it
    /// the last <paramref name="windowMs"/> still cover.
    /// </summary>
    public static RateUse Of(bool isAllowed, int limit, double windowMs, double elapsedMs, long current, long previous)
    {
        var used = current + previous * (windowMs - elapsedMs) / windowMs;
        var remaining = (int)Math.Max(0, Math.Floor(limit - used));
        var reset = remaining > 0 ? windowMs - elapsedMs : UntilNext(limit, windowMs, elapsedMs, current, previous);
        return new RateUse(isAllowed, limit, remaining, (int)Math.Max(1, Math.Ceiling(reset / 1000)));
    }

    private static double UntilNext(int limit, double windowMs, double elapsedMs, long current, long previous) =>
        // Either the window before fades far enough, or this one has to end and fade in its turn.
        current < limit
            ? windowMs - elapsedMs - (limit - 1 - current) * windowMs / Math.Max(1, previous)
            : windowMs - elapsedMs + windowMs - (limit - 1) * windowMs / current;
}
