using Hera.PgCore.Rpc;

namespace Hera.PgCore.Host.Http;

/// <summary>Has this host forget an identity as soon as the database says that it changed, whichever host changed it.</summary>
internal sealed class IdentityWatch(IdentityChannel channel, IdentityResolver identities, ILogger<IdentityWatch> log) : BackgroundService
{
    private static readonly TimeSpan ReconnectPause = TimeSpan.FromSeconds(1);

    // What was being read while the change was committed can be kept just after it was to be forgotten.
    private static readonly TimeSpan SecondLook = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var isListening = true;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await channel.ListenAsync(
                    name =>
                    {
                        isListening = true;
                        return ChangedAsync(name, stoppingToken);
                    },
                    stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                if (isListening)
                    log.LogWarning("Changed memberships are noticed late, after five minutes at most, until this host can listen again: {Error}", ErrorMapper.Map(exception).Code);
                isListening = false;
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Task.Delay(ReconnectPause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ChangedAsync(string? name, CancellationToken stopping)
    {
        await ForgetAsync(name);
        _ = AgainAsync();

        async Task AgainAsync()
        {
            await Task.Delay(SecondLook, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!stopping.IsCancellationRequested)
                await ForgetAsync(name);
        }
    }

    private async Task ForgetAsync(string? name)
    {
        try
        {
            await identities.ForgetAsync(name);
        }
        catch (Exception exception) when (RedisConnection.IsAbsence(exception))
        {
            // Memory has forgotten; what Redis holds it has lost, or loses within five minutes.
            log.LogDebug(exception, "Redis did not forget an identity");
        }
    }
}
