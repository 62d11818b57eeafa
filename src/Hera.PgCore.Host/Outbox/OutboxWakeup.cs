using Hera.PgCore.Rpc;

namespace Hera.PgCore.Host.Outbox;

/// <summary>
/// Tells pollers that an accepted event has deliveries: the one in this process at once, those on other hosts by a
/// notification, of which at most one is sent per 10 ms however many events come in.
/// </summary>
internal sealed class OutboxWakeup(OutboxChannel channel, OutboxPipeline pipeline, ILogger<OutboxWakeup> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly AsyncSignal _signal = new();

    public void DeliveriesAreDue()
    {
        pipeline.Wake();
        _signal.Set();
    }

    public override void Dispose()
    {
        base.Dispose();
        _signal.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await _signal.WaitAsync(Timeout.InfiniteTimeSpan, stoppingToken);
            if (stoppingToken.IsCancellationRequested)
                return;
            try
            {
                await channel.NotifyAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is RpcException or OperationCanceledException)
            {
                // Pollers look by themselves before long.
                log.LogDebug(exception, "A notification could not be sent");
            }

            await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
