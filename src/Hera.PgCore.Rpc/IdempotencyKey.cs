using System.Text.Json;

namespace Hera.PgCore.Rpc;

/// <summary>
/// Where a function takes an idempotency key: in <c>p_idempotency_key</c>, else under <c>idempotency_key</c> in <c>p_options</c>,
/// else in its last JSON document. What only reads takes none.
/// </summary>
public static class IdempotencyKey
{
    internal const string Property = "idempotency_key";

    /// <summary>Adds <paramref name="key"/> to the arguments; a function that only reads has no use for it.</summary>
    /// <param name="signature">The function to be called.</param>
    /// <param name="arguments">Its arguments so far.</param>
    /// <param name="key">The key.</param>
    /// <param name="source">Where the key came from, as a refusal begins.</param>
    /// <exception cref="RpcException">400 where the arguments hold another key.</exception>
    public static void Add(RpcSignature signature, List<RpcArgument> arguments, string key, string source)
    {
        ArgumentNullException.ThrowIfNull(signature);
        ArgumentNullException.ThrowIfNull(arguments);
        if (ParameterOf(signature) is not { } parameter)
            return;
        var index = arguments.FindIndex(argument => argument.Name == parameter.Name);
        var given = parameter.Type == "jsonb"
            ? RpcArgument.Json(parameter.Name, WithKey(index < 0 ? "{}"u8.ToArray() : arguments[index].Utf8!.Value, key, source))
            : RpcArgument.Text(parameter.Name, key);
        if (index < 0)
            arguments.Add(given);
        else if (parameter.Type == "jsonb")
            arguments[index] = given;
        else if (!arguments[index].Equals(given))
            throw Contradiction(source);
    }

    internal static string? Read(ReadOnlyMemory<byte> value, JsonTokenType kind) => kind switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.String => JsonSerializer.Deserialize<string>(value.Span),
        _ => throw new RpcException(400, "invalid_argument", $"The property \"{Property}\" has the wrong type.", "Send it as a JSON string."),
    };

    internal static RpcParameter? ParameterOf(RpcSignature signature) =>
        signature.Find("p_" + Property)
        ?? (signature.IsReadOnly ? null : signature.Find("p_options") ?? signature.Parameters.LastOrDefault(parameter => parameter.Type == "jsonb"));

    private static ReadOnlyMemory<byte> WithKey(ReadOnlyMemory<byte> document, string key, string source)
    {
        // The function itself refuses what is no object.
        if (JsonArguments.Check(document.Span) != JsonTokenType.StartObject)
            return document;
        foreach (var (name, value, kind) in JsonArguments.Properties(document))
        {
            if (name == Property)
                return kind == JsonTokenType.String && Read(value, kind) == key ? document : throw Contradiction(source);
        }

        return JsonArguments.WithMember(document, Property, key);
    }

    private static RpcException Contradiction(string source) =>
        new(400, "invalid_argument", $"{source} contradicts another idempotency key of the request.", "Send the key once.");
}
