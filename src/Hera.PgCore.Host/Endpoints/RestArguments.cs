using System.Text;
using System.Text.Json;
using Hera.PgCore.Host.Http;
using Hera.PgCore.Rpc;

namespace Hera.PgCore.Host.Endpoints;

/// <summary>Arguments as PostgREST takes them: named as the function names its parameters, values in whatever JSON type reads as the SQL type.</summary>
internal static class RestArguments
{
    /// <summary>What clients add to a query of rows; a function here answers one value, which these leave as it is.</summary>
    private static readonly string[] Harmless = ["select", "columns", "order", "limit", "offset", "apikey"];

    private static readonly RpcError AnotherActor =
        new(403, "permission_denied", "p_actor_user_id is not the user of the token.", "Leave it out: the token tells who acts.") { SqlState = "42501" };

    public static List<RpcArgument> OfBody(RpcSignature signature, IQueryCollection query, ReadOnlyMemory<byte> body)
    {
        foreach (var name in query.Keys)
            RefuseFilter(name);
        var arguments = new List<RpcArgument>();
        foreach (var (name, value, kind) in JsonArguments.Properties(body))
            Add(signature, arguments, name, parameter => OfJson(parameter, value, kind));
        return arguments;
    }

    public static List<RpcArgument> OfQuery(RpcSignature signature, IQueryCollection query)
    {
        var arguments = new List<RpcArgument>();
        foreach (var (name, values) in query)
        {
            if (!name.StartsWith("p_", StringComparison.Ordinal))
                RefuseFilter(name);
            else
                Add(signature, arguments, name, parameter => OfText(parameter, values.Count == 1 ? values.ToString() : throw Twice(name)));
        }

        return arguments;
    }

    /// <summary>
    /// Puts actor and organization in their places. The actor is the token's and no argument changes that; the organization is the
    /// argument, else what the request means otherwise.
    /// </summary>
    public static Caller Settle(
        RpcSignature signature, List<RpcArgument> arguments, Identity identity, Func<Guid> organizationOfRequest, Action<Caller> noteCaller)
    {
        var actor = Take(arguments, Gateway.ActorParameter);
        var organization = Take(arguments, Gateway.OrganizationParameter);
        var isTenants = signature.Find(Gateway.OrganizationParameter) is not null;
        var caller = new Caller(
            identity.UserEntityId,
            !isTenants ? Guid.Empty : organization is null ? organizationOfRequest() : ParseUuid(organization, Gateway.OrganizationParameter));
        noteCaller(caller);
        if (actor is not null && ParseUuid(actor, Gateway.ActorParameter) != identity.UserEntityId)
            throw new RpcException(AnotherActor);

        arguments.Add(RpcArgument.Uuid(Gateway.ActorParameter, caller.Actor));
        if (isTenants)
            arguments.Add(RpcArgument.Uuid(Gateway.OrganizationParameter, caller.Organization));
        if (signature.Parameters.FirstOrDefault(p => !p.HasDefault && !arguments.Exists(argument => argument.Name == p.Name)) is { } missing)
            throw Unmatched(signature, $"The parameter {missing.Name} is missing.");
        return caller;
    }

    private static void Add(RpcSignature signature, List<RpcArgument> arguments, string name, Func<RpcParameter, RpcArgument> convert)
    {
        var parameter = signature.Find(name) ?? throw Unmatched(
            signature, $"There is no parameter {name}. Perhaps you meant {Nearest.Of(name, signature.Parameters.Select(known => known.Name))}.");
        if (arguments.Exists(argument => argument.Name == name))
            throw Twice(name);
        arguments.Add(convert(parameter));
    }

    private static RpcArgument OfJson(RpcParameter parameter, ReadOnlyMemory<byte> value, JsonTokenType kind) => kind switch
    {
        JsonTokenType.Null => RpcArgument.Literal(parameter.Name, null),
        _ when parameter.Type is "jsonb" or "json" => RpcArgument.Json(parameter.Name, value),
        JsonTokenType.StartArray when parameter.Type.EndsWith("[]", StringComparison.Ordinal) => RpcArgument.Literal(parameter.Name, ArrayLiteral(value)),
        _ => RpcArgument.Literal(parameter.Name, TextOf(JsonSerializer.Deserialize<JsonElement>(value.Span))),
    };

    private static RpcArgument OfText(RpcParameter parameter, string value)
    {
        if (parameter.Type is not ("jsonb" or "json"))
            return RpcArgument.Literal(parameter.Name, value);
        var utf8 = Encoding.UTF8.GetBytes(value);
        JsonArguments.Check(utf8);
        return RpcArgument.Json(parameter.Name, utf8);
    }

    /// <summary>A JSON array as PostgreSQL writes arrays.</summary>
    private static string ArrayLiteral(ReadOnlyMemory<byte> value)
    {
        var items = JsonSerializer.Deserialize<JsonElement[]>(value.Span)!.Select(item => item.ValueKind == JsonValueKind.Null
            ? "null"
            : $"\"{TextOf(item).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"");
        return $"{{{string.Join(',', items)}}}";
    }

    private static string TextOf(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        }
        catch (InvalidOperationException)
        {
            throw new RpcException(400, "invalid_json", "A text holds half of a surrogate pair.", "Send valid Unicode.");
        }
    }

    private static string? Take(List<RpcArgument> arguments, string name)
    {
        var index = arguments.FindIndex(argument => argument.Name == name);
        if (index < 0)
            return null;
        var text = arguments[index].AsText;
        arguments.RemoveAt(index);
        return text;
    }

    private static Guid ParseUuid(string text, string name) => Guid.TryParseExact(text, "D", out var uuid)
        ? uuid
        : throw new RpcException(new RpcError(400, "invalid_value", $"{name} is not a uuid.", "Example: 00000000-0000-0000-0000-000000000000.")
        {
            SqlState = "22P02",
        });

    private static void RefuseFilter(string name)
    {
        if (!Harmless.Contains(name))
        {
            throw new RpcException(
                400, RestError.UnknownFilter, $"The query parameter \"{name}\" is not understood.", "A function answers one JSON value: filter by its arguments.");
        }
    }

    private static RpcException Twice(string name) => new(400, "invalid_argument", $"{name} is given twice.", "Give it once.");

    private static RpcException Unmatched(RpcSignature signature, string hint) => new(
        404,
        RestError.UnknownFunction,
        $"Could not find the function public.{signature.Name} with these parameters in the schema cache",
        $"{hint} It takes {string.Join(", ", signature.Parameters.Select(parameter => parameter.Name))}.");
}
