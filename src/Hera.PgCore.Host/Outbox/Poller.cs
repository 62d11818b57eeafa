using System.Diagnostics.Metrics;
using Hera.PgCore.Host.Connectors;
using Hera.PgCore.Host.Observability;
using Hera.PgCore.Rpc;

namespace Hera.PgCore.Host.Outbox;

/// <summary>Keeps the pipeline running: gives it the sending policy, wakes it on notifications, and looks after the tables.</summary>
internal sealed class Poller(
    OutboxRpc outbox, OutboxChannel channel, OutboxPipeline pipeline, TaskRunner tasks, SendingPolicy policy, IMeterFactory meters, ILogger<Poller> log) : BackgroundService
{
    private static readonly TimeSpan ReconnectPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaintenancePause = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan ReplayPause = TimeSpan.FromSeconds(1);

    /// <summary>False where it has ended although nobody asked it to.</summary>
    public bool IsRunning { get; private set; } = true;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        meters.Create(Monitoring.Name).CreateObservableGauge(
            "hera.poller.pause", () => pipeline.Pause.TotalSeconds, "s", "Rest between two claims of this host's poller: next to nothing while it has work, up to its schedule while it has none.");
        try
        {
            await policy.UntilKnownAsync(stoppingToken);
            await Task.WhenAll(
                pipeline.RunAsync(stoppingToken),
                RepeatAsync("Listening for notifications", ReconnectPause, token => channel.ListenAsync(pipeline.Wake, token), stoppingToken),
                RepeatAsync("Claiming connector tasks", ReconnectPause, tasks.RunAsync, stoppingToken),
                RepeatAsync("Advancing replays", ReplayPause, AdvanceReplaysAsync, stoppingToken),
                RepeatAsync("Maintenance", MaintenancePause, MaintainAsync, stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
        finally
        {
            IsRunning = stoppingToken.IsCancellationRequested;
        }
    }

    private async Task AdvanceReplaysAsync(CancellationToken stopping)
    {
        if (await outbox.AdvanceReplaysAsync(stopping) > 0)
            pipeline.Wake();
    }

    private async Task MaintainAsync(CancellationToken stopping)
    {
        if (!await outbox.MaintainAsync(stopping))
            log.LogWarning("A step of the maintenance failed; hera_outbox_maintain_v1 says which");
    }

    private async Task RepeatAsync(string what, TimeSpan pause, Func<CancellationToken, Task> work, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await work(stopping);
            }
            catch (Exception exception) when (!stopping.IsCancellationRequested)
            {
                log.LogWarning("{Work} failed and will be repeated: {Error}", what, ErrorMapper.Map(exception).Code);
                log.LogDebug(exception, "{Work} failed", what);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Task.Delay(pause, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
