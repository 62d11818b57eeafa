using System.Text.Json;
using Hera.PgCore.Rpc;

namespace Hera.PgCore.Host.Endpoints;

/// <summary>Turns path, query, headers and body of a request into the arguments of the function that its route names.</summary>
internal static class RouteArguments
{
    private const string IdOfNobody = "ffffffff-ffff-ffff-ffff-ffffffffffff";

    /// <summary>Adds to <paramref name="arguments"/>, which nothing in the request can change.</summary>
    public static List<RpcArgument> Bind(
        ApiRoute route, RpcSignature signature, HttpRequest request, ReadOnlyMemory<byte> body, List<RpcArgument> arguments)
    {
        if (route.Operation is { } operation)
            arguments.Add(RpcArgument.Text("p_operation", operation));
        if (HttpMethods.IsGet(route.Method))
            AddQuery(route, signature, request, arguments);
        else
            arguments = OfBody(route, signature, body, arguments);
        IdempotencyHeader.Add(request, signature, arguments);
        return arguments;
    }

    /// <summary>The function that answers this body.</summary>
    public static string FunctionFor(ApiRoute route, ReadOnlyMemory<byte> body) =>
        route.FunctionOfOperations is { } other && JsonArguments.HasProperty(body, "operation") ? other : route.Function;

    private static List<RpcArgument> OfBody(ApiRoute route, RpcSignature signature, ReadOnlyMemory<byte> body, List<RpcArgument> arguments)
    {
        var whole = route.Array is { } array && body.Span.TrimStart(" \t\r\n"u8) is [(byte)'[', ..] ? array
            : route.Document is { } document && signature.Name == route.Function && !JsonArguments.HasProperty(body, document) ? document
            : null;
        if (whole is null)
            return JsonArguments.Bind(signature, body, arguments);
        JsonArguments.Check(body.Span);
        arguments.Add(RpcArgument.Json("p_" + whole, body));
        return arguments;
    }

    private static void AddQuery(ApiRoute route, RpcSignature signature, HttpRequest request, List<RpcArgument> arguments)
    {
        var document = new Dictionary<string, string>();
        if (route.Id is { } id)
            Place(id, (string)request.RouteValues["id"]!, isId: true);
        foreach (var (name, values) in request.Query)
        {
            if (values.Count != 1)
                throw new RpcException(400, "invalid_argument", $"The query parameter \"{name}\" is given twice.", "Give it once.");
            Place(name, values.ToString(), isId: false);
        }

        if (document.Count > 0)
            arguments.Add(RpcArgument.Json("p_" + route.Document, JsonSerializer.SerializeToUtf8Bytes(document)));

        void Place(string name, string value, bool isId)
        {
            // What stands in the path or is settled already is not the query's to change; a filter may have the same name.
            var parameter = signature.Find("p_" + name);
            var isFree = parameter is not null && parameter.Name != "p_" + route.Document && !arguments.Exists(argument => argument.Name == parameter.Name);
            if (isFree)
                arguments.Add(JsonArguments.OfText(parameter!, name, isId && parameter!.Type == "uuid" ? UuidOf(value) : value));
            else if (route.Document is null || !document.TryAdd(name, isId ? UuidOf(value) : value))
                throw Unknown(route, name);
        }
    }

    /// <summary>An id that is none cannot be told from one that is nobody's.</summary>
    private static string UuidOf(string id) => Guid.TryParseExact(id, "D", out _) ? id : IdOfNobody;

    private static RpcException Unknown(ApiRoute route, string name) => new(
        400,
        "invalid_argument",
        $"The query parameter \"{name}\" is not known here.",
        route.Query.Count == 0 ? "Leave it out." : $"Did you mean \"{Nearest.Of(name, route.Query)}\"?");
}
