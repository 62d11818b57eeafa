using System.Diagnostics;
using System.Threading.Channels;
using Hera.PgCore.Rpc;

namespace Hera.PgCore.Host.Http;

/// <summary>
/// Has refusals recorded by the database, beside the request that was refused. It is best effort: a flood of refusals must
/// not become a flood of writes.
/// </summary>
internal sealed class RefusalLog(HeraDatabase database, ILogger<RefusalLog> log) : BackgroundService
{
    private static readonly TimeSpan AnonymousPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(3);

    private readonly Channel<Refusal> _refusals = Channel.CreateBounded<Refusal>(
        new BoundedChannelOptions(1000) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private long _anonymousAt;

    /// <summary>Takes note of a 401 or 403; those that name no caller at most ten times a second, since anyone can cause them.</summary>
    public void Record(Caller? caller, string function, RpcError error)
    {
        if (error.Status is not (StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden))
            return;
        if (caller is null)
        {
            var last = Interlocked.Read(ref _anonymousAt);
            if (last != 0 && Stopwatch.GetElapsedTime(last) < AnonymousPause)
                return;
            Interlocked.Exchange(ref _anonymousAt, Stopwatch.GetTimestamp());
        }

        _refusals.Writer.TryWrite(new Refusal(caller, function, error.Code));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var end = new CancellationTokenSource();
        await using var stop = stoppingToken.Register(() =>
        {
            _refusals.Writer.TryComplete();
            end.CancelAfter(StopTime);
        });
        await foreach (var refusal in _refusals.Reader.ReadAllAsync(CancellationToken.None))
        {
            try
            {
                await database.CallAsync("hera_audit_refusal_v1", refusal.Arguments(), end.Token);
            }
            catch (Exception exception) when (exception is RpcException or OperationCanceledException)
            {
                log.LogWarning(
                    "A refusal ({Code}) of {Function} could not be recorded: {Cause}", refusal.Code, refusal.Function, ErrorMapper.Describe(exception));
            }
        }
    }

    private readonly record struct Refusal(Caller? Caller, string Function, string Code)
    {
        public RpcArgument[] Arguments() =>
        [
            RpcArgument.Uuid("p_refused_user_id", Caller?.Actor),
            RpcArgument.Uuid("p_organization_id", Caller?.Organization),
            RpcArgument.Text("p_function", Function),
            RpcArgument.Text("p_error", Code),
        ];
    }
}
