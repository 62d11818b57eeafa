using Npgsql;
using NpgsqlTypes;

namespace Hera.PgCore.Rpc;

/// <summary>One named argument of a call.</summary>
public readonly struct RpcArgument
{
    private readonly object? _value;
    private readonly NpgsqlDbType _type;

    private RpcArgument(string name, NpgsqlDbType type, object? value)
    {
        Name = name;
        _type = type;
        _value = value;
    }

    /// <summary>The parameter's name with its prefix, for example <c>p_event_data</c>.</summary>
    public string Name { get; }

    /// <summary>The value where it travels as text; else null.</summary>
    public string? AsText => _value as string;

    /// <summary>The bytes of a JSON argument; null where it is none.</summary>
    internal ReadOnlyMemory<byte>? Utf8 => _type == NpgsqlDbType.Jsonb ? (ReadOnlyMemory<byte>)_value! : null;

    /// <summary>A uuid or null.</summary>
    public static RpcArgument Uuid(string name, Guid? value) => new(name, NpgsqlDbType.Uuid, value);

    /// <summary>A text or null.</summary>
    public static RpcArgument Text(string name, string? value) => new(name, NpgsqlDbType.Text, value);

    /// <summary>JSON as UTF-8 bytes that the database parses; they must stay unchanged until the call has ended.</summary>
    public static RpcArgument Json(string name, ReadOnlyMemory<byte> utf8) => new(name, NpgsqlDbType.Jsonb, utf8);

    /// <summary>Bytes; they must stay unchanged until the call has ended.</summary>
    public static RpcArgument Bytes(string name, ReadOnlyMemory<byte> value) => new(name, NpgsqlDbType.Bytea, value);

    /// <summary>A 32-bit number.</summary>
    public static RpcArgument Number(string name, int value) => new(name, NpgsqlDbType.Integer, value);

    /// <summary>Text in the form that the database reads values of the parameter's type in, or null.</summary>
    public static RpcArgument Literal(string name, string? value) => new(name, NpgsqlDbType.Unknown, value);

    internal static RpcArgument Of(string name, NpgsqlDbType type, object? value) => new(name, type, value);

    internal NpgsqlParameter ToParameter() => new() { NpgsqlDbType = _type, Value = _value ?? DBNull.Value };
}
