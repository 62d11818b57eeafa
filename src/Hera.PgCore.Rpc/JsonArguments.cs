using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using NpgsqlTypes;

namespace Hera.PgCore.Rpc;

/// <summary>
/// Turns the properties of a JSON object into the arguments of a function. JSON arguments keep the caller's own bytes;
/// nothing is re-serialised. Everything refused here names the property.
/// </summary>
public static class JsonArguments
{
    /// <summary>Deepest nesting that is accepted, in the body as a whole.</summary>
    public const int MaxDepth = 64;

    private const int MaxExponent = 308;

    private static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = MaxDepth };

    /// <summary>Adds one argument per property of <paramref name="body"/> to those in <paramref name="arguments"/>, which the body cannot set.</summary>
    /// <param name="signature">The function to be called.</param>
    /// <param name="body">A JSON object in UTF-8; property <c>x</c> becomes argument <c>p_x</c>.</param>
    /// <param name="arguments">Arguments that are settled already.</param>
    /// <returns><paramref name="arguments"/>, complete.</returns>
    /// <exception cref="RpcException">400 with the property's name.</exception>
    public static List<RpcArgument> Bind(RpcSignature signature, ReadOnlyMemory<byte> body, List<RpcArgument> arguments)
    {
        ArgumentNullException.ThrowIfNull(signature);
        ArgumentNullException.ThrowIfNull(arguments);
        var settled = arguments.Count;
        foreach (var (name, value, kind) in Properties(body))
        {
            var parameter = Find(signature, name, arguments, settled);
            if (arguments.FindIndex(settled, argument => argument.Name == parameter.Name) >= 0)
                throw Invalid(name, $"The property \"{name}\" is given twice.");
            if (kind != JsonTokenType.Null)
                arguments.Add(Convert(parameter, name, value, kind));
        }

        foreach (var parameter in signature.Parameters)
        {
            if (!parameter.HasDefault && !arguments.Exists(argument => argument.Name == parameter.Name))
                throw Invalid(Property(parameter), $"The property \"{Property(parameter)}\" is missing.", $"Add \"{Property(parameter)}\" ({parameter.Type}).");
        }

        return arguments;
    }

    /// <summary>Checks that <paramref name="body"/> is one JSON value within the limits of depth, number size and encoding.</summary>
    /// <exception cref="RpcException">400.</exception>
    public static JsonTokenType Check(ReadOnlySpan<byte> body)
    {
        RequireUtf8(body);
        try
        {
            var reader = new Utf8JsonReader(body, ReaderOptions);
            reader.Read();
            var kind = reader.TokenType;
            do
                CheckNumber(ref reader);
            while (reader.Read());
            return kind;
        }
        catch (JsonException exception)
        {
            throw InvalidJson(exception);
        }
    }

    /// <summary>
    /// Gives an open bag of options one more, unless the caller has set it. It is put in front: of two equal names the database takes
    /// the last. A bag that is no object is left to the function to refuse.
    /// </summary>
    /// <param name="arguments">Arguments, checked.</param>
    /// <param name="parameter">The bag, for example <c>p_options</c>.</param>
    /// <param name="name">The option, a plain word.</param>
    /// <param name="value">Its value, of plain characters.</param>
    public static void AddOption(List<RpcArgument> arguments, string parameter, string name, string value)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        var option = Encoding.ASCII.GetBytes($"{{\"{name}\":\"{value}\"");
        var index = arguments.FindIndex(argument => argument.Name == parameter);
        if (index < 0)
        {
            arguments.Add(RpcArgument.Json(parameter, (byte[])[.. option, (byte)'}']));
            return;
        }

        if (arguments[index].Utf8.Span.TrimStart(" \t\r\n"u8) is not [(byte)'{', .. var rest])
            return;
        rest = rest.TrimStart(" \t\r\n"u8);
        arguments[index] = RpcArgument.Json(parameter, rest is [(byte)'}', ..] ? (byte[])[.. option, .. rest] : [.. option, (byte)',', .. rest]);
    }

    private static List<(string Name, ReadOnlyMemory<byte> Value, JsonTokenType Kind)> Properties(ReadOnlyMemory<byte> body)
    {
        RequireUtf8(body.Span);
        var properties = new List<(string, ReadOnlyMemory<byte>, JsonTokenType)>(8);
        try
        {
            var reader = new Utf8JsonReader(body.Span, ReaderOptions);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                throw new RpcException(400, "invalid_json", "The body is not a JSON object.", "Send an object, for example {\"operation\": \"LIST\"}.");
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.GetString()!;
                reader.Read();
                var start = (int)reader.TokenStartIndex;
                var kind = reader.TokenType;
                SkipChecked(ref reader);
                properties.Add((name, body[start..(int)reader.BytesConsumed], kind));
            }

            reader.Read(); // Anything behind the object is an error.
            return properties;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw InvalidJson(exception);
        }
    }

    private static void RequireUtf8(ReadOnlySpan<byte> body)
    {
        if (!Utf8.IsValid(body))
            throw new RpcException(400, "invalid_json", "The body is not valid UTF-8.");
    }

    private static void SkipChecked(ref Utf8JsonReader reader)
    {
        CheckNumber(ref reader);
        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
            return;
        var depth = reader.CurrentDepth;
        while (reader.Read() && reader.CurrentDepth > depth)
            CheckNumber(ref reader);
    }

    /// <summary>A number such as 1e131071 is short here and long when the database prints it.</summary>
    private static void CheckNumber(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.Number)
            return;
        var exponent = reader.ValueSpan.IndexOfAny((byte)'e', (byte)'E');
        if (exponent < 0)
            return;
        var digits = reader.ValueSpan[(exponent + 1)..];
        if (!int.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) || Math.Abs((long)value) > MaxExponent)
            throw new RpcException(400, "invalid_json", $"A number has an exponent beyond {MaxExponent}.", "Send such values as text.");
    }

    private static RpcParameter Find(RpcSignature signature, string property, List<RpcArgument> arguments, int settled)
    {
        foreach (var parameter in signature.Parameters)
        {
            if (parameter.Name.AsSpan(2).SequenceEqual(property) && arguments.FindIndex(0, settled, argument => argument.Name == parameter.Name) < 0)
                return parameter;
        }

        var known = signature.Parameters.Where(parameter => arguments.FindIndex(0, settled, argument => argument.Name == parameter.Name) < 0).Select(Property);
        throw Invalid(property, $"The property \"{property}\" is not known here.", $"Did you mean \"{Nearest.Of(property, known)}\"?");
    }

    private static RpcArgument Convert(RpcParameter parameter, string property, ReadOnlyMemory<byte> value, JsonTokenType kind)
    {
        try
        {
            return parameter.Type switch
            {
                "jsonb" or "json" => RpcArgument.Json(parameter.Name, value),
                "text" when kind == JsonTokenType.String => RpcArgument.Text(parameter.Name, Scalar<string>(value)),
                "uuid" when kind == JsonTokenType.String => RpcArgument.Uuid(parameter.Name, Guid.Parse(Scalar<string>(value))),
                "integer" when kind == JsonTokenType.Number => RpcArgument.Number(parameter.Name, Scalar<int>(value)),
                "bigint" when kind == JsonTokenType.Number => RpcArgument.Of(parameter.Name, NpgsqlDbType.Bigint, Scalar<long>(value)),
                "boolean" when kind is JsonTokenType.True or JsonTokenType.False => RpcArgument.Of(parameter.Name, NpgsqlDbType.Boolean, kind == JsonTokenType.True),
                "numeric" when kind == JsonTokenType.Number => RpcArgument.Of(parameter.Name, NpgsqlDbType.Numeric, Scalar<decimal>(value)),
                "text[]" when kind == JsonTokenType.StartArray => RpcArgument.Of(parameter.Name, NpgsqlDbType.Array | NpgsqlDbType.Text, Scalar<string?[]>(value)),
                "uuid[]" when kind == JsonTokenType.StartArray => RpcArgument.Of(parameter.Name, NpgsqlDbType.Array | NpgsqlDbType.Uuid, Scalar<Guid[]>(value)),
                "text" or "uuid" or "integer" or "bigint" or "boolean" or "numeric" or "text[]" or "uuid[]" => throw new FormatException(),
                _ when kind == JsonTokenType.String => RpcArgument.Of(parameter.Name, NpgsqlDbType.Unknown, Scalar<string>(value)),
                _ => throw new FormatException(),
            };
        }
        catch (Exception exception) when (exception is FormatException or JsonException or InvalidOperationException)
        {
            throw Invalid(property, $"The property \"{property}\" has the wrong type.", $"Send it as {Describe(parameter.Type)}.");
        }
    }

    private static T Scalar<T>(ReadOnlyMemory<byte> value) => JsonSerializer.Deserialize<T>(value.Span)!;

    private static string Describe(string type) => type switch
    {
        "text" => "a JSON string",
        "uuid" => "a JSON string that holds a uuid",
        "integer" or "bigint" => "a whole JSON number",
        "numeric" => "a JSON number",
        "boolean" => "true or false",
        "text[]" => "a JSON array of strings",
        "uuid[]" => "a JSON array of uuid strings",
        _ => $"a JSON string that holds a {type}",
    };

    private static string Property(RpcParameter parameter) => parameter.Name[2..];

    private static RpcException Invalid(string property, string message, string? hint = null) =>
        new(400, "invalid_argument", message, hint ?? $"Correct \"{property}\".");

    private static RpcException InvalidJson(Exception exception) => exception.Message.Contains("depth", StringComparison.OrdinalIgnoreCase)
        ? new(400, "invalid_json", $"The body is nested deeper than {MaxDepth} levels.", "Send a flatter document.")
        : new(400, "invalid_json", "The body is not valid JSON.", exception is JsonException { LineNumber: { } line } ? $"Look at line {line + 1}." : null);
}
