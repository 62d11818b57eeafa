using System.Text.Json;
using Hera.PgCore.Host.Endpoints;
using Hera.PgCore.Rpc;

namespace Hera.PgCore.Host.Http;

/// <summary>The way of every API request: find the caller, bind the body to a function's arguments, call it, pass its answer on unparsed.</summary>
internal sealed class Gateway(HeraDatabase database, RpcCatalogue catalogue, CallerResolver callers, RefusalLog refusals)
{
    /// <summary>Calls <paramref name="function"/> with the properties of the body as its arguments.</summary>
    /// <param name="http">The request.</param>
    /// <param name="function">A granted function that takes actor and organization first.</param>
    /// <param name="bind">Turns the body into arguments where it is not plainly property by property.</param>
    /// <param name="maxBody">Largest body in bytes.</param>
    /// <returns>The function's answer, already written to the caller.</returns>
    public Task<byte[]> CallAsync(
        HttpContext http,
        string function,
        Func<RpcSignature, ReadOnlyMemory<byte>, List<RpcArgument>, List<RpcArgument>>? bind = null,
        int maxBody = ApiRoutes.MaxBody) =>
        AnswerAsync(http, function, async arguments =>
        {
            using var body = await RequestBody.ReadAsync(http, maxBody);
            var signature = await catalogue.FindAsync(function, http.RequestAborted)
                ?? throw new RpcException(404, "function_not_found", $"The database does not have {function}.", "Bring it up to date with migrations.runner.");
            arguments = bind?.Invoke(signature, body.Utf8, arguments) ?? JsonArguments.Bind(signature, body.Utf8, arguments);
            return await database.CallAsync(function, arguments, http.RequestAborted);
        });

    /// <summary>Calls a function whose one argument behind actor and organization is a JSON document.</summary>
    /// <param name="http">The request.</param>
    /// <param name="function">A granted function that takes actor and organization first.</param>
    /// <param name="parameter">The document's parameter; a body that is an object of just this property stands for its value.</param>
    public Task CallWithDocumentAsync(HttpContext http, string function, string parameter) =>
        AnswerAsync(http, function, async arguments =>
        {
            using var body = await RequestBody.ReadAsync(http, ApiRoutes.MaxBody);
            JsonArguments.Check(body.Utf8.Span);
            arguments.Add(RpcArgument.Json("p_" + parameter, Unwrap(body.Utf8, parameter)));
            return await database.CallAsync(function, arguments, http.RequestAborted);
        });

    /// <summary>Calls a function with arguments that are settled already.</summary>
    public Task CallWithAsync(HttpContext http, string function, params RpcArgument[] further) =>
        AnswerAsync(http, function, arguments => database.CallAsync(function, [.. arguments, .. further], http.RequestAborted));

    /// <summary>Passes where the database permits the caller to operate the platform; answers with what <paramref name="work"/> returns.</summary>
    public async Task OperatePlatformAsync(HttpContext http, string operation, Func<CancellationToken, Task<byte[]>> work)
    {
        const string Function = "hera_platform_authorize_v1";
        Caller? caller = null;
        try
        {
            var identity = await callers.IdentifyAsync(http);
            caller = new Caller(identity.UserEntityId, Guid.Empty);
            RpcArgument[] arguments = [RpcArgument.Uuid("p_actor_user_id", identity.UserEntityId), RpcArgument.Text("p_operation", operation)];
            await database.CallAsync(Function, arguments, http.RequestAborted);
            await Envelope.WriteAsync(http, caller.Value, await work(http.RequestAborted));
        }
        catch (RpcException exception)
        {
            refusals.Record(caller, Function, exception.Error);
            throw;
        }
    }

    private async Task<byte[]> AnswerAsync(HttpContext http, string function, Func<List<RpcArgument>, Task<byte[]>> call)
    {
        Caller? caller = null;
        try
        {
            caller = await callers.ResolveAsync(http);
            var answer = await call(
            [
                RpcArgument.Uuid("p_actor_user_id", caller.Value.Actor),
                RpcArgument.Uuid("p_organization_id", caller.Value.Organization),
            ]);
            await Envelope.WriteAsync(http, caller.Value, answer);
            return answer;
        }
        catch (RpcException exception)
        {
            refusals.Record(caller, function, exception.Error);
            throw;
        }
    }

    private static ReadOnlyMemory<byte> Unwrap(ReadOnlyMemory<byte> body, string parameter)
    {
        var reader = new Utf8JsonReader(body.Span);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject || !reader.Read() || reader.TokenType != JsonTokenType.PropertyName
            || !reader.ValueTextEquals(parameter) || !reader.Read())
        {
            return body;
        }

        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        var end = (int)reader.BytesConsumed;
        return reader.Read() && reader.TokenType == JsonTokenType.EndObject ? body[start..end] : body;
    }
}
