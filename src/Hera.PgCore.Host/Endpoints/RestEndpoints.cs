using System.Net.Http.Headers;
using Hera.PgCore.Host.Http;
using Hera.PgCore.Rpc;
using Microsoft.Extensions.Primitives;

namespace Hera.PgCore.Host.Endpoints;

/// <summary>
/// Functions by name, as PostgREST serves them and the Supabase clients call them. Which ones there are, what they take and who may
/// call them is the catalogue's to say: a function deployed later is served without a change here.
/// </summary>
internal sealed class RestEndpoints(Gateway gateway, RpcCatalogue catalogue, CallerResolver callers)
{
    private const string Json = "application/json";
    private const string SingleObject = "application/vnd.pgrst.object+json";
    private const string Schema = "public";

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapMethods(
            "/rest/v1/rpc/{function}",
            [HttpMethods.Post, HttpMethods.Get, HttpMethods.Head],
            (HttpContext http, string function, RestEndpoints rest) => rest.CallAsync(http, function));

    private Task CallAsync(HttpContext http, string function) => gateway.RecordingRefusalsAsync(function, async noteCaller =>
    {
        var identity = await callers.IdentifyAsync(http);
        RequireSchema(http.Request);
        var mediaType = Negotiate(http.Request.Headers.Accept);
        using var body = HttpMethods.IsPost(http.Request.Method) ? await RequestBody.ReadAsync(http, ApiRoutes.MaxBatchBody) : default;
        // A function that names no actor is authorized for nobody in particular: it is the host's own.
        var signature = await catalogue.FindAsync(function, http.RequestAborted) is { } found && found.Find(Gateway.ActorParameter) is not null
            ? found
            : throw new RpcException(404, RestError.UnknownFunction, $"Could not find the function public.{function} in the schema cache");
        if (!HttpMethods.IsPost(http.Request.Method) && !signature.IsReadOnly)
        {
            throw new RpcException(new RpcError(405, "method_not_allowed", $"The function {function} may write: GET does not call it.", "Send a POST.")
            {
                SqlState = "25006",
            });
        }

        var arguments = HttpMethods.IsPost(http.Request.Method)
            ? RestArguments.OfBody(signature, http.Request.Query, body.Utf8)
            : RestArguments.OfQuery(signature, http.Request.Query);
        var caller = RestArguments.Settle(signature, arguments, identity, () => CallerResolver.Organization(http, identity), noteCaller);
        IdempotencyHeader.Add(http.Request, signature, arguments);
        var answer = await gateway.InvokeAsync(signature, arguments, http.RequestAborted);
        await AnswerAsync(http, signature, answer, mediaType);
    });

    private static async Task AnswerAsync(HttpContext http, RpcSignature signature, byte[] answer, string mediaType)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (signature.Returns == "void" && !signature.ReturnsSet)
        {
            http.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        http.Response.ContentType = mediaType + "; charset=utf-8";
        http.Response.ContentLength = answer.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
            await http.Response.Body.WriteAsync(answer, http.RequestAborted);
    }

    private static void RequireSchema(HttpRequest request)
    {
        var header = HttpMethods.IsPost(request.Method) ? "Content-Profile" : "Accept-Profile";
        var given = request.Headers[header];
        if (given.Count > 0 && given.ToString() != Schema)
            throw new RpcException(406, RestError.UnknownSchema, "The schema must be one of the following: public", $"Leave the header {header} out.");
    }

    private static string Negotiate(StringValues accept)
    {
        if (StringValues.IsNullOrEmpty(accept))
            return Json;
        var isJson = false;
        foreach (var range in accept.ToString().Split(','))
        {
            if (!MediaTypeHeaderValue.TryParse(range.Trim(), out var type))
                continue;
            if (type.MediaType is SingleObject or "application/vnd.pgrst.object")
                return SingleObject;
            isJson |= type.MediaType is Json or "application/*" or "*/*";
        }

        return isJson
            ? Json
            : throw new RpcException(406, RestError.UnknownMediaType, "None of these media types are available", $"Accept {Json}.");
    }
}
