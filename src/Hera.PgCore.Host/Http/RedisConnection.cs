using Hera.PgCore.Host.Options;
using StackExchange.Redis;

namespace Hera.PgCore.Host.Http;

/// <summary>
/// The one connection to Redis, opened at first use; from then on it restores itself. That it is lost or back is logged once each.
/// </summary>
internal sealed class RedisConnection(EdgeOptions options, ILogger<RedisConnection> log) : IAsyncDisposable
{
    private readonly Lock _opening = new();
    private Task<IConnectionMultiplexer>? _connection;
    private int _isAway;

    /// <summary>
    /// Whether an exception means that Redis does not answer. A call is also cancelled where its connection is given up; nobody here
    /// cancels one.
    /// </summary>
    public static bool IsAbsence(Exception exception) =>
        exception is RedisException or TimeoutException or OperationCanceledException or ObjectDisposedException
            // What the client throws into calls under way where it gives a connection up while reading it.
            or InvalidOperationException { Source: "System.IO.Pipelines" };

    public Task<IConnectionMultiplexer> OpenAsync()
    {
        lock (_opening)
            return _connection = _connection is null or { IsFaulted: true } ? ConnectAsync() : _connection;
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is { IsCompletedSuccessfully: true })
            await (await _connection).DisposeAsync();
    }

    /// <summary>Takes note that Redis does not answer.</summary>
    public void Lost(string cause)
    {
        if (Interlocked.Exchange(ref _isAway, 1) == 0)
            log.LogWarning("Redis is away ({Cause}); this host goes on from its own memory", cause);
    }

    private async Task<IConnectionMultiplexer> ConnectAsync()
    {
        var connection = await ConnectionMultiplexer.ConnectAsync(options.Redis!);
        connection.ConnectionFailed += (_, failure) => Lost(failure.FailureType.ToString());
        connection.ConnectionRestored += (_, _) => Restored();
        if (!connection.IsConnected)
            Lost("no connection");
        return connection;
    }

    private void Restored()
    {
        if (Interlocked.Exchange(ref _isAway, 0) == 1)
            log.LogInformation("Redis is back");
    }
}
