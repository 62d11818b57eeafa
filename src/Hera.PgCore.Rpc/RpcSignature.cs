namespace Hera.PgCore.Rpc;

/// <summary>A parameter of a granted function: its SQL name, its SQL type and whether it may be left out.</summary>
public sealed record RpcParameter(string Name, string Type, bool HasDefault);

/// <summary>The frozen signature of a granted function.</summary>
public sealed record RpcSignature(string Name, IReadOnlyList<RpcParameter> Parameters)
{
    /// <summary>The SQL type of the result.</summary>
    public string Returns { get; init; } = "jsonb";

    /// <summary>Does it answer rows instead of one value?</summary>
    public bool ReturnsSet { get; init; }

    /// <summary>Is it marked stable or immutable? Then it changes nothing.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>What the function says of itself: what it does, parameters, errors, an example.</summary>
    public string Description { get; init; } = "";

    /// <summary>Does it take an idempotency key, be it within a document?</summary>
    public bool TakesIdempotencyKey => IdempotencyKey.ParameterOf(this) is not null;

    /// <summary>Does an idempotency key travel within a JSON document, for want of a parameter of its own?</summary>
    internal bool HoldsKeyInDocument => IdempotencyKey.ParameterOf(this) is { Type: "jsonb" };

    /// <summary>The parameter of this name, or null.</summary>
    public RpcParameter? Find(string name)
    {
        foreach (var parameter in Parameters)
        {
            if (parameter.Name == name)
                return parameter;
        }

        return null;
    }
}
