using System.Diagnostics;
using System.Text.Json;
using Hera.PgCore.Rpc;

namespace Hera.PgCore.Host.Observability;

/// <summary>
/// The platform's own figures: queues, dead letters, connectors, connections. Its monitoring functions are asked when somebody
/// wants to know, at most every few seconds however many ask, and never on the way of a request.
/// </summary>
internal sealed class DatabaseFigures(HeraDatabase database, ILogger<DatabaseFigures> log) : IDisposable
{
    private static readonly TimeSpan Validity = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly RpcArgument[] ForPlatform =
    [
        RpcArgument.Uuid("p_actor_user_id", Guid.Parse("00000000-0000-0000-0000-000000000001")),
        RpcArgument.Uuid("p_organization_id", Guid.Empty),
    ];

    private readonly SemaphoreSlim _asking = new(1, 1);
    private long _askedAt;

    /// <summary>What was read last; null where the database did not answer, since old figures would look like a calm system.</summary>
    public Figures? Current { get; private set; }

    /// <summary>Asks the database where what is known is too old.</summary>
    public async Task RefreshAsync(CancellationToken cancellation)
    {
        await _asking.WaitAsync(cancellation);
        try
        {
            if (_askedAt != 0 && Stopwatch.GetElapsedTime(_askedAt) < Validity)
                return;
            Current = await AskAsync();
            _askedAt = Stopwatch.GetTimestamp();
        }
        finally
        {
            _asking.Release();
        }
    }

    public void Dispose() => _asking.Dispose();

    // The answer serves everyone who waits, so the first one's impatience does not end it.
    private async Task<Figures?> AskAsync()
    {
        try
        {
            using var limit = new CancellationTokenSource(Patience);
            var overview = database.CallAsync("hera_monitor_overview_v1", ForPlatform, limit.Token);
            var condition = database.CallAsync("hera_monitor_database_v1", ForPlatform, limit.Token);
            await Task.WhenAll(overview, condition);
            return new Figures(Parse(await overview), Parse(await condition));
        }
        catch (Exception exception) when (exception is RpcException or OperationCanceledException)
        {
            log.LogWarning("The figures of the database could not be read: {Cause}", ErrorMapper.Describe(exception));
            return null;
        }
    }

    private static JsonElement Parse(byte[] answer) => JsonElement.Parse(answer);

    /// <summary>The answers of hera_monitor_overview_v1 and hera_monitor_database_v1.</summary>
    internal sealed record Figures(JsonElement Overview, JsonElement Database);
}
