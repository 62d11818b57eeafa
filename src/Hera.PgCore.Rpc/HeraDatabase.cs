using System.Text;
using Npgsql;

namespace Hera.PgCore.Rpc;

/// <summary>
/// A pool of database sessions that call functions by name. Whether settings travel as startup options or with each
/// transaction (PgBouncer) is found out at the first connection. Every failure leaves as <see cref="RpcException"/>.
/// </summary>
public sealed class HeraDatabase(HeraDatabaseOptions options) : IAsyncDisposable
{
    private readonly SemaphoreSlim _opening = new(1, 1);
    private SessionPool? _pool;

    /// <summary>The keys that its sessions have, or null.</summary>
    internal string? EncryptionKey => options.EncryptionKey;

    /// <summary>Calls <paramref name="function"/> and returns its JSON as UTF-8 bytes, unparsed.</summary>
    public Task<byte[]> CallAsync(string function, IReadOnlyList<RpcArgument> arguments, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        return QueryAsync(CallText(function, arguments), arguments, ReadJsonAsync, cancellation);
    }

    /// <summary>Calls a function of any result type; its result as JSON, empty where it has none.</summary>
    public Task<byte[]> CallAsync(RpcSignature signature, IReadOnlyList<RpcArgument> arguments, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(signature);
        ArgumentNullException.ThrowIfNull(arguments);
        var call = CallText(signature.Name, arguments);
        return signature switch
        {
            { ReturnsSet: true } => QueryAsync($"select coalesce(json_agg(r), '[]') from {call["select ".Length..]} as r", arguments, ReadJsonAsync, cancellation),
            { Returns: "void" } => QueryAsync(call, arguments, static (_, _) => Task.FromResult(Array.Empty<byte>()), cancellation),
            { Returns: "jsonb" or "json" } => QueryAsync(call, arguments, ReadJsonAsync, cancellation),
            _ => QueryAsync($"select to_json({call["select ".Length..]})", arguments, ReadJsonAsync, cancellation),
        };
    }

    /// <summary>Succeeds where the database answers.</summary>
    public Task PingAsync(CancellationToken cancellation = default) =>
        QueryAsync("select 1", [], static (_, _) => Task.FromResult(true), cancellation);

    /// <summary>Runs one statement and hands its rows to <paramref name="read"/>; a deadlock or serialization failure is repeated once.</summary>
    internal async Task<T> QueryAsync<T>(
        string sql, IReadOnlyList<RpcArgument> arguments, Func<NpgsqlDataReader, CancellationToken, Task<T>> read, CancellationToken cancellation)
    {
        using var telemetry = RpcTelemetry.Start(sql);
        for (var repeated = false; ; repeated = true)
        {
            try
            {
                var pool = _pool ?? await OpenAsync(cancellation).ConfigureAwait(false);
                var result = await pool.QueryAsync(sql, arguments, read, cancellation).ConfigureAwait(false);
                telemetry.End(200);
                return result;
            }
            catch (PostgresException exception) when (!repeated && ErrorMapper.IsWorthRepeating(exception))
            {
            }
            catch (Exception exception) when (exception is not (OperationCanceledException or RpcException))
            {
                var error = ErrorMapper.Map(exception);
                telemetry.End(error.Status, error.Code);
                throw new RpcException(error, exception);
            }
        }
    }

    /// <summary>
    /// Listens in a session of its own, outside the pool, until cancelled or the connection is lost. Hands over the payload of each
    /// notification, and null once when listening has begun.
    /// </summary>
    internal async Task ListenAsync(string channel, Func<string?, Task> notified, CancellationToken cancellation)
    {
        var payloads = new Queue<string>();
        await using var source = CreateListenerSource(channel);
        await using var connection = await source.OpenConnectionAsync(cancellation).ConfigureAwait(false);
        connection.Notification += (_, notification) => payloads.Enqueue(notification.Payload);
        await using (var command = connection.CreateCommand())
        {
            command.CommandText = "listen " + channel;
            await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
        }

        await notified(null).ConfigureAwait(false);
        while (true)
        {
            await connection.WaitAsync(cancellation).ConfigureAwait(false);
            while (payloads.TryDequeue(out var payload))
                await notified(payload).ConfigureAwait(false);
        }
    }

    private NpgsqlDataSource CreateListenerSource(string channel)
    {
        var name = options.Role + " listener";
        // hera_monitor_workers_v1 knows the hosts by this name.
        var application = $"{channel} listener {Environment.MachineName}:{Environment.ProcessId}";
        var builder = new NpgsqlConnectionStringBuilder(options.Connection.ConnectionString) { Pooling = false, KeepAlive = 5, ApplicationName = application };
        return SessionPool.CreateSource(builder, name);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_pool is { } pool)
            await pool.DisposeAsync().ConfigureAwait(false);
        _opening.Dispose();
    }

    private async Task<SessionPool> OpenAsync(CancellationToken cancellation)
    {
        await _opening.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return _pool ??= await SessionPool.OpenAsync(options, cancellation).ConfigureAwait(false);
        }
        finally
        {
            _opening.Release();
        }
    }

    private static string CallText(string function, IReadOnlyList<RpcArgument> arguments)
    {
        var text = new StringBuilder("select public.", 256).Append(function).Append('(');
        for (var index = 0; index < arguments.Count; index++)
            text.Append(index == 0 ? "" : ", ").Append(arguments[index].Name).Append(" => $").Append(index + 1);
        return text.Append(')').ToString();
    }

    private static async Task<byte[]> ReadJsonAsync(NpgsqlDataReader reader, CancellationToken cancellation)
    {
        if (!await reader.ReadAsync(cancellation).ConfigureAwait(false) || reader.IsDBNull(0))
            return "null"u8.ToArray();
        return reader.GetFieldType(0) == typeof(bool)
            ? reader.GetBoolean(0) ? "true"u8.ToArray() : "false"u8.ToArray()
            : reader.GetFieldValue<byte[]>(0);
    }
}
