using Hera.PgCore.Host.Connectors;
using Hera.PgCore.Rpc;

namespace Hera.PgCore.Host.Outbox;

/// <summary>
/// Delivers what is due on demand, whether or not this process polls, so that a scheduler from outside can take the
/// poller's place. It is a pipeline of its own: two claim side by side as two hosts would.
/// </summary>
internal sealed class ManualRun(OutboxPipelineFactory pipelines, TaskRunner tasks, SendingPolicy policy) : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    private readonly SemaphoreSlim _one = new(1, 1);

    public void Dispose() => _one.Dispose();

    /// <summary>Works until nothing is due; <c>Finished</c> is false where that takes longer than a request should last.</summary>
    public async Task<(PipelineCounts Counts, bool Finished)> DrainAsync(CancellationToken cancellation)
    {
        if (!policy.IsKnown)
            throw new RpcException(new RpcError(503, "unavailable", "The sending policy is not known yet.", "Try again shortly.") { RetryAfterSeconds = 2 });
        await _one.WaitAsync(cancellation);
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            limit.CancelAfter(Longest);
            await tasks.RunUntilEmptyAsync(limit.Token);
            return (await pipelines.Create().RunUntilEmptyAsync(limit.Token), !limit.IsCancellationRequested);
        }
        finally
        {
            _one.Release();
        }
    }
}
