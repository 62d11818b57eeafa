namespace Hera.PgCore.Host.Http.RateLimits;

/// <summary>Counts requests by key.</summary>
internal interface IRateLimit
{
    /// <summary>Counts one request of <paramref name="key"/>, unless its window is used up.</summary>
    ValueTask<RateUse> TakeAsync(string key);
}
