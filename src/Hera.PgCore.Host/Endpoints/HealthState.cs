using System.Diagnostics;
using Hera.PgCore.Host.Options;
using Hera.PgCore.Host.Outbox;
using Hera.PgCore.Rpc;

namespace Hera.PgCore.Host.Endpoints;

/// <summary>What the health answers are made of. The database is asked at most once a second, however many ask here.</summary>
internal sealed class HealthState(HeraDatabase database, RpcCatalogue catalogue, Poller poller, SendingPolicy policy, RuntimeOptions options) : IDisposable
{
    private static readonly TimeSpan Validity = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _asking = new(1, 1);
    private long _askedAt;
    private bool _answered;

    public bool IsWorkerHealthy => !options.RunsWorker || poller.IsRunning;

    public async Task<bool> IsReadyAsync(CancellationToken cancellation) =>
        await IsDatabaseHealthyAsync(cancellation) && await HasGuardrailsAsync(cancellation) && (!options.RunsWorker || policy.IsKnown);

    /// <summary>The guardrails are the database's functions: they stand where those can be called.</summary>
    public async Task<bool> HasGuardrailsAsync(CancellationToken cancellation)
    {
        try
        {
            return await catalogue.FindAsync("hera_integration_event_in_v1", cancellation) is not null;
        }
        catch (RpcException)
        {
            return false;
        }
    }

    public async Task<bool> IsDatabaseHealthyAsync(CancellationToken cancellation)
    {
        await _asking.WaitAsync(cancellation);
        try
        {
            if (_askedAt == 0 || Stopwatch.GetElapsedTime(_askedAt) > Validity)
            {
                _answered = await AskAsync();
                _askedAt = Stopwatch.GetTimestamp();
            }

            return _answered;
        }
        finally
        {
            _asking.Release();
        }
    }

    public void Dispose() => _asking.Dispose();

    private async Task<bool> AskAsync()
    {
        try
        {
            using var limit = new CancellationTokenSource(Patience);
            await database.PingAsync(limit.Token);
            return true;
        }
        catch (Exception exception) when (exception is RpcException or OperationCanceledException)
        {
            return false;
        }
    }
}
