namespace Hera.PgCore.Host.Http.RateLimits;

/// <summary>Counts requests by key.</summary>
internal interface IRateLimit
{
    /// <summary>Counts one request of <paramref name="key"/>, unless its window is used up.</summary>
    /// <param name="key">Whose window.</param>
    /// <param name="looksOnly">Asks whether a request would pass, and counts none.</param>
    ValueTask<RateUse> TakeAsync(string key, bool looksOnly = false);
}
