using System.Collections.Concurrent;
using Npgsql;

namespace Hera.PgCore.Rpc;

/// <summary>An open pool together with the carrier of its session settings.</summary>
internal sealed class SessionPool : IAsyncDisposable
{
    private const int UsesBeforePreparing = 3;
    private const int MaxPrepared = 200;

    private readonly NpgsqlDataSource _source;
    private readonly SessionSettings? _perTransaction;
    private readonly string _applicationName;
    private readonly ConcurrentDictionary<string, int> _uses = [];

    private SessionPool(NpgsqlDataSource source, SessionSettings? perTransaction, string applicationName)
    {
        _source = source;
        _applicationName = applicationName;
        _perTransaction = perTransaction;
    }

    public static async Task<SessionPool> OpenAsync(HeraDatabaseOptions options, CancellationToken cancellation)
    {
        var (direct, switchRole) = await ProbeAsync(options, cancellation).ConfigureAwait(false);
        var settings = new SessionSettings(options, switchRole);
        var builder = new NpgsqlConnectionStringBuilder(options.Connection.ConnectionString)
        {
            Pooling = true,
            MaxPoolSize = options.MaxConnections,
            NoResetOnClose = true,
            ReadBufferSize = options.ReadBuffer,
            // The server's own time-out comes first; this one is for a server that no longer answers at all.
            CommandTimeout = (int)options.StatementTimeout.TotalSeconds + 5,
            Timeout = 5,
            IncludeErrorDetail = true,
            ApplicationName = options.Connection.ApplicationName ?? options.Role,
        };
        if (direct)
        {
            builder.Options = Join(options.Connection.Options, settings.AsStartupOptions());
        }

        return new SessionPool(CreateSource(builder, options.Role), direct ? null : settings, builder.ApplicationName);
    }

    /// <summary>A source whose name can be shown: the driver's metrics and spans carry it, and left alone it is the connection string, key and all.</summary>
    public static NpgsqlDataSource CreateSource(NpgsqlConnectionStringBuilder builder, string name) =>
        new NpgsqlDataSourceBuilder(builder.ConnectionString) { Name = name }.Build();

    public async Task<T> QueryAsync<T>(
        string sql, IReadOnlyList<RpcArgument> arguments, Func<NpgsqlDataReader, CancellationToken, Task<T>> read, CancellationToken cancellation)
    {
        var call = new NpgsqlBatchCommand(sql);
        foreach (var argument in arguments)
            call.Parameters.Add(argument.ToParameter());

        await using var connection = await _source.OpenConnectionAsync(cancellation).ConfigureAwait(false);
        await using var batch = connection.CreateBatch();
        if (_perTransaction is not null)
            batch.BatchCommands.Add(_perTransaction.AsTransactionLocal());
        if (RpcTelemetry.TraceMark(_applicationName) is { } mark)
            batch.BatchCommands.Add(mark);
        var before = batch.BatchCommands.Count;
        batch.BatchCommands.Add(call);
        if (IsWorthPreparing(sql))
            await batch.PrepareAsync(cancellation).ConfigureAwait(false);

        await using var reader = await batch.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        for (var skipped = 0; skipped < before; skipped++)
            await reader.NextResultAsync(cancellation).ConfigureAwait(false);
        var result = await read(reader, cancellation).ConfigureAwait(false);
        // An error after the rows, say at commit, is only reported when the reader is drained.
        while (await reader.NextResultAsync(cancellation).ConfigureAwait(false))
        {
        }

        return result;
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    /// <summary>
    /// Often repeated calls are prepared, explicitly: the driver's automatic way mixes up its replies after an argument that
    /// the server refuses. Behind a pooler nothing can be prepared, since the next transaction meets another session.
    /// </summary>
    private bool IsWorthPreparing(string sql) =>
        _perTransaction is null
        && (_uses.Count < MaxPrepared || _uses.ContainsKey(sql))
        && _uses.AddOrUpdate(sql, 1, static (_, uses) => uses + 1) > UsesBeforePreparing;

    /// <summary>Does the session get startup options (a pooler refuses or drops them), and should it change its role?</summary>
    private static async Task<(bool Direct, bool SwitchRole)> ProbeAsync(HeraDatabaseOptions options, CancellationToken cancellation)
    {
        try
        {
            return await ProbeAsync(options, Join(options.Connection.Options, "-c hera.probe=on"), cancellation).ConfigureAwait(false);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.ProtocolViolation)
        {
            return await ProbeAsync(options, null, cancellation).ConfigureAwait(false);
        }
    }

    private static async Task<(bool, bool)> ProbeAsync(HeraDatabaseOptions options, string? startupOptions, CancellationToken cancellation)
    {
        const string Sql = """
            select coalesce(current_setting('hera.probe', true), '') = 'on',
                   session_user <> r.rolname
                   and pg_has_role(session_user, r.oid, case when current_setting('server_version_num')::int < 160000 then 'MEMBER' else 'SET' end)
            from (values (1)) as one left join pg_roles as r on r.rolname = $1
            """;
        var builder = new NpgsqlConnectionStringBuilder(options.Connection.ConnectionString)
        {
            Pooling = false,
            Timeout = 5,
            Options = startupOptions,
        };
        await using var source = CreateSource(builder, options.Role + " probe");
        await using var command = source.CreateCommand(Sql);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = options.Role });
        await using var reader = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        await reader.ReadAsync(cancellation).ConfigureAwait(false);
        return (reader.GetBoolean(0), !reader.IsDBNull(1) && reader.GetBoolean(1));
    }

    private static string Join(string? first, string second) => string.IsNullOrEmpty(first) ? second : first + " " + second;
}
