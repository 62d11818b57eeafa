namespace Hera.PgCore.Host.Outbox;

/// <summary>An event that one waiter awaits: setting it several times before it is awaited counts once.</summary>
internal sealed class AsyncSignal : IDisposable
{
    private readonly SemaphoreSlim _semaphore = new(0);
    private int _set;

    public void Set()
    {
        if (Interlocked.Exchange(ref _set, 1) == 0)
            _semaphore.Release();
    }

    /// <summary>Returns when set, when <paramref name="timeout"/> has passed, or when cancelled; never throws for the latter.</summary>
    public async Task WaitAsync(TimeSpan timeout, CancellationToken cancellation)
    {
        try
        {
            if (await _semaphore.WaitAsync(timeout, cancellation))
                Volatile.Write(ref _set, 0);
        }
        catch (OperationCanceledException)
        {
        }
    }

    public void Dispose() => _semaphore.Dispose();
}
