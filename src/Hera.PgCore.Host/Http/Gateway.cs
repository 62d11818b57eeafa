using Hera.PgCore.Host.Endpoints;
using Hera.PgCore.Host.Observability;
using Hera.PgCore.Host.Outbox;
using Hera.PgCore.Rpc;

namespace Hera.PgCore.Host.Http;

/// <summary>The way of every API request: find the caller, bind the request to a function's arguments, call it, pass its answer on unparsed.</summary>
internal sealed class Gateway(
    HeraDatabase database, RpcCatalogue catalogue, CallerResolver callers, RefusalLog refusals, OutboxWakeup wakeup)
{
    public const string ActorParameter = "p_actor_user_id";
    public const string OrganizationParameter = "p_organization_id";

    /// <summary>Calls the function of <paramref name="route"/> and answers in an envelope.</summary>
    public Task CallAsync(HttpContext http, ApiRoute route) => RecordingRefusalsAsync(route.Function, async noteCaller =>
    {
        var identity = await callers.IdentifyAsync(http);
        using var body = HttpMethods.IsGet(route.Method) ? default : await RequestBody.ReadAsync(http, route.MaxBody);
        var signature = await FindAsync(RouteArguments.FunctionFor(route, body.Utf8), http.RequestAborted);
        // What belongs to no organization belongs to the platform.
        var isTenants = signature.Find(OrganizationParameter) is not null;
        var caller = new Caller(identity.UserEntityId, isTenants ? CallerResolver.Organization(http, identity) : Guid.Empty);
        noteCaller(caller);
        var answer = await InvokeAsync(
            signature, RouteArguments.Bind(route, signature, http.Request, body.Utf8, Settled(signature, caller)), http.RequestAborted);
        await Envelope.WriteAsync(http, caller, answer);
    });

    /// <summary>Calls a function for a caller who is known already; a refusal is recorded.</summary>
    /// <exception cref="RpcException">The function refused.</exception>
    public async Task<byte[]> CallAsync(Caller caller, string function, IEnumerable<RpcArgument> given, CancellationToken cancellation)
    {
        byte[] answer = [];
        await RecordingRefusalsAsync(function, async noteCaller =>
        {
            noteCaller(caller);
            var signature = await FindAsync(function, cancellation);
            answer = await InvokeAsync(signature, [.. Settled(signature, caller), .. given], cancellation);
        });
        return answer;
    }

    /// <summary>Passes where the database permits the caller to operate the platform; answers with what <paramref name="work"/> returns.</summary>
    public Task OperatePlatformAsync(HttpContext http, string operation, Func<CancellationToken, Task<byte[]>> work)
    {
        const string Function = "hera_platform_authorize_v1";
        return RecordingRefusalsAsync(Function, async noteCaller =>
        {
            var caller = new Caller((await callers.IdentifyAsync(http)).UserEntityId, Guid.Empty);
            noteCaller(caller);
            RpcArgument[] arguments = [RpcArgument.Uuid(ActorParameter, caller.Actor), RpcArgument.Text("p_operation", operation)];
            await database.CallAsync(Function, arguments, http.RequestAborted);
            await Envelope.WriteAsync(http, caller, await work(http.RequestAborted));
        });
    }

    /// <summary>Calls a function; wakes the delivery where it may have enqueued something.</summary>
    public async Task<byte[]> InvokeAsync(RpcSignature signature, List<RpcArgument> arguments, CancellationToken cancellation)
    {
        DeliveryTrace.Keep(signature, arguments);
        var answer = await database.CallAsync(signature, arguments, cancellation);
        if (!signature.IsReadOnly && MayHaveEnqueued(answer))
            wakeup.DeliveriesAreDue();
        return answer;
    }

    /// <summary>Runs a request; a refusal is recorded under the caller that was noted, if any.</summary>
    public async Task RecordingRefusalsAsync(string function, Func<Action<Caller>, Task> request)
    {
        Caller? caller = null;
        try
        {
            await request(found => caller = found);
        }
        catch (RpcException exception)
        {
            refusals.Record(caller, function, exception.Error);
            throw;
        }
    }

    /// <summary>The arguments that no request sets.</summary>
    private static List<RpcArgument> Settled(RpcSignature signature, Caller caller)
    {
        List<RpcArgument> settled = [RpcArgument.Uuid(ActorParameter, caller.Actor)];
        if (signature.Find(OrganizationParameter) is not null)
            settled.Add(RpcArgument.Uuid(OrganizationParameter, caller.Organization));
        return settled;
    }

    private async ValueTask<RpcSignature> FindAsync(string function, CancellationToken cancellation) =>
        await catalogue.FindAsync(function, cancellation)
        ?? throw new RpcException(404, "function_not_found", $"The database does not have {function}.", "Bring it up to date with migrations.runner.");

    /// <summary>
    /// An answer that counts deliveries says whether there are any; of others it is not known. Within a JSON string the quotes
    /// would be escaped, so the bytes cannot deceive.
    /// </summary>
    private static bool MayHaveEnqueued(ReadOnlySpan<byte> answer)
    {
        var name = "\"deliveries\": "u8;
        var counts = false;
        while (answer.IndexOf(name) is var found and >= 0)
        {
            counts = true;
            answer = answer[(found + name.Length)..];
            if (answer is not [(byte)'0', ..])
                return true;
        }

        return !counts;
    }
}
