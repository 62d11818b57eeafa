using Hera.PgCore.Rpc;

namespace Hera.PgCore.Host.Outbox;

/// <summary>
/// Keeps the sender's address policy in step with the database. Before the first reading nothing can be connected to;
/// where a later reading fails the last known policy stays.
/// </summary>
internal sealed class SendingPolicy(OutboxRpc outbox, PlatformSettings settings, GuardedConnector connector, ILogger<SendingPolicy> log) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource _known = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsKnown => _known.Task.IsCompletedSuccessfully;

    public Task UntilKnownAsync(CancellationToken cancellation) => _known.Task.WaitAsync(cancellation);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = RetryPause;
            try
            {
                await settings.WriteOnceAsync(stoppingToken);
                connector.Policy = AddressPolicy.Parse(await outbox.SettingsAsync(stoppingToken));
                _known.TrySetResult();
                pause = Period;
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning("The sending policy could not be read: {Error}", ErrorMapper.Map(exception).Code);
                log.LogDebug(exception, "The sending policy could not be read");
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Task.Delay(pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
