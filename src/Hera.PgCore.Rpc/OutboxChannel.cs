namespace Hera.PgCore.Rpc;

/// <summary>
/// Wakes pollers on other hosts. Notifications are sent apart from the transaction that accepted an event: inside it
/// they would take a lock that all committing sessions share.
/// </summary>
public sealed class OutboxChannel(HeraDatabase database)
{
    /// <summary>Tells all listening pollers that deliveries may be due.</summary>
    public Task NotifyAsync(CancellationToken cancellation = default) =>
        database.QueryAsync("select pg_catalog.pg_notify('hera_outbox', '')", [], static (_, _) => Task.FromResult(true), cancellation);

    /// <summary>Calls <paramref name="notified"/> once when listening has begun and on each notification, until cancelled or the connection is lost.</summary>
    /// <exception cref="Npgsql.NpgsqlException">The connection is lost.</exception>
    public Task ListenAsync(Action notified, CancellationToken cancellation) => database.ListenAsync(
        "hera_outbox",
        _ =>
        {
            notified();
            return Task.CompletedTask;
        },
        cancellation);
}
