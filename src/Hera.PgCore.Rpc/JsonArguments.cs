using System.Globalization;
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

    /// <summary>Characters that a few large numbers may take beyond what a body of their length should.</summary>
    private const int GrowthAllowed = 4096;

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
        string? key = null;
        foreach (var (name, value, kind) in Properties(body))
        {
            if (name == IdempotencyKey.Property && signature.HoldsKeyInDocument)
            {
                key = IdempotencyKey.Read(value, kind);
                continue;
            }

            var parameter = Find(signature, name, arguments, settled);
            if (arguments.FindIndex(settled, argument => argument.Name == parameter.Name) >= 0)
                throw Invalid(name, $"The property \"{name}\" is given twice.");
            if (kind != JsonTokenType.Null)
                arguments.Add(Convert(parameter, name, value, kind));
        }

        if (key is not null)
            IdempotencyKey.Add(signature, arguments, key, $"The property \"{IdempotencyKey.Property}\"");
        foreach (var parameter in signature.Parameters)
        {
            if (!parameter.HasDefault && !arguments.Exists(argument => argument.Name == parameter.Name))
                throw Invalid(Property(parameter), $"The property \"{Property(parameter)}\" is missing.", $"Add \"{Property(parameter)}\" ({parameter.Type}).");
        }

        return arguments;
    }

    /// <summary>An argument out of text that came outside of the body.</summary>
    /// <exception cref="RpcException">400 with the property's name.</exception>
    public static RpcArgument OfText(RpcParameter parameter, string property, string value)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        return parameter.Type switch
        {
            "uuid" => RpcArgument.Uuid(
                parameter.Name,
                Guid.TryParseExact(value, "D", out var uuid) ? uuid : throw Invalid(property, $"\"{property}\" is not a uuid.")),
            "text" => RpcArgument.Text(parameter.Name, value),
            _ => RpcArgument.Literal(parameter.Name, value),
        };
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
        var index = arguments.FindIndex(argument => argument.Name == parameter);
        if (index < 0)
            arguments.Add(RpcArgument.Json(parameter, WithMember("{}"u8.ToArray(), name, value)));
        else
            arguments[index] = RpcArgument.Json(parameter, WithMember(arguments[index].Utf8.GetValueOrDefault(), name, value));
    }

    /// <summary>The object with one text member more, in front of its own bytes; what is no object stays as it is.</summary>
    internal static ReadOnlyMemory<byte> WithMember(ReadOnlyMemory<byte> document, string name, string value)
    {
        if (document.Span.TrimStart(" \t\r\n"u8) is not [(byte)'{', .. var rest])
            return document;
        var member = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string> { [name] = value }).AsSpan()[..^1];
        rest = rest.TrimStart(" \t\r\n"u8);
        return rest is [(byte)'}', ..] ? (byte[])[.. member, .. rest] : [.. member, (byte)',', .. rest];
    }

    /// <summary>Is <paramref name="body"/> an object with this property?</summary>
    public static bool HasProperty(ReadOnlyMemory<byte> body, string property) =>
        Check(body.Span) == JsonTokenType.StartObject && Properties(body).Exists(found => found.Name == property);

    /// <summary>The properties of an object, each with its bytes as they came.</summary>
    /// <exception cref="RpcException">400 where <paramref name="body"/> is no object within the limits.</exception>
    public static List<(string Name, ReadOnlyMemory<byte> Value, JsonTokenType Kind)> Properties(ReadOnlyMemory<byte> body)
    {
        RequireUtf8(body.Span);
        var properties = new List<(string, ReadOnlyMemory<byte>, JsonTokenType)>(8);
        var growth = 0L;
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
                growth += SkipChecked(ref reader);
                properties.Add((name, body[start..(int)reader.BytesConsumed], kind));
            }

            reader.Read(); // Anything behind the object is an error.
            RequireModest(growth, body.Length);
            return properties;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw InvalidJson(exception);
        }
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
            var growth = 0L;
            do
                growth += GrowthOfNumber(ref reader);
            while (reader.Read());
            RequireModest(growth, body.Length);
            return kind;
        }
        catch (JsonException exception)
        {
            throw InvalidJson(exception);
        }
    }

    private static void RequireUtf8(ReadOnlySpan<byte> body)
    {
        if (!Utf8.IsValid(body))
            throw new RpcException(400, "invalid_json", "The body is not valid UTF-8.");
    }

    private static long SkipChecked(ref Utf8JsonReader reader)
    {
        var growth = GrowthOfNumber(ref reader);
        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
            return growth;
        var depth = reader.CurrentDepth;
        while (reader.Read() && reader.CurrentDepth > depth)
            growth += GrowthOfNumber(ref reader);
        return growth;
    }

    /// <summary>
    /// How many more characters the database prints for a number than it was written with: all its digits, however short 1e308 is.
    /// </summary>
    private static int GrowthOfNumber(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.Number)
            return 0;
        var number = reader.ValueSpan.TrimStart((byte)'-');
        var at = number.IndexOfAny((byte)'e', (byte)'E');
        if (at < 0)
            return 0;
        if (!int.TryParse(number[(at + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent) || Math.Abs((long)exponent) > MaxExponent)
            throw new RpcException(400, "invalid_json", $"A number has an exponent beyond {MaxExponent}.", "Send such values as text.");
        var point = number[..at].IndexOf((byte)'.');
        var whole = point < 0 ? at : point;
        var fraction = point < 0 ? 0 : at - point - 1;
        var printed = Math.Max(whole + exponent, 1) + (fraction > exponent ? 1 + fraction - exponent : 0);
        return Math.Max(printed - number.Length, 0);
    }

    /// <summary>Whatever shows the body again shows it with its numbers printed: that must not be a multiple of what was sent.</summary>
    private static void RequireModest(long growth, int length)
    {
        if (growth > (length / 2) + GrowthAllowed)
        {
            throw new RpcException(
                400, "invalid_json", "The numbers of the body are far longer than they are written, since they have large exponents.", "Send such values as text.");
        }
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
