namespace Hera.PgCore.Host.Outbox;

/// <summary>What one sender needs again and again: its deadline and its read buffer.</summary>
internal sealed class SendSlot : IDisposable
{
    private CancellationTokenSource _deadline = new();
    private byte[]? _providerBuffer;

    public byte[] Buffer { get; } = new byte[ResponseText.MaxBytes];

    /// <summary>Made when it is first needed: most senders never call a provider.</summary>
    public byte[] ProviderBuffer => _providerBuffer ??= new byte[ResponseText.MaxProviderBytes];

    public bool IsOverdue => _deadline.IsCancellationRequested;

    public CancellationToken StartDeadline(int milliseconds)
    {
        _deadline.CancelAfter(milliseconds);
        return _deadline.Token;
    }

    public void EndDeadline()
    {
        if (_deadline.TryReset())
            return;
        _deadline.Dispose();
        _deadline = new CancellationTokenSource();
    }

    /// <summary>Ends the attempt under way as if its time were over.</summary>
    public void Abort()
    {
        try
        {
            _deadline.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The attempt ended in this moment.
        }
    }

    public void Dispose() => _deadline.Dispose();
}
