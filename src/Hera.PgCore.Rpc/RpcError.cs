namespace Hera.PgCore.Rpc;

/// <summary>A refusal or a fault as a caller may see it. A 500 never carries text of the database.</summary>
/// <param name="Status">HTTP status code.</param>
/// <param name="Code">Machine code, stable over releases.</param>
/// <param name="Message">One sentence for people.</param>
/// <param name="Hint">What to do about it, or null.</param>
public sealed record RpcError(int Status, string Code, string Message, string? Hint = null)
{
    /// <summary>The database's SQLSTATE, or null where something else refused.</summary>
    public string? SqlState { get; init; }

    /// <summary>Seconds after which trying again makes sense, or null where it does not.</summary>
    public int? RetryAfterSeconds { get; init; }
}

/// <summary>Carries an <see cref="RpcError"/> to the one place that answers it.</summary>
public sealed class RpcException : Exception
{
    /// <summary>Wraps <paramref name="error"/>; <paramref name="inner"/> is kept for logs only.</summary>
    public RpcException(RpcError error, Exception? inner = null) : base(error?.Message, inner)
    {
        ArgumentNullException.ThrowIfNull(error);
        Error = error;
    }

    /// <summary>Shorthand for a refusal that the caller can mend.</summary>
    public RpcException(int status, string code, string message, string? hint = null)
        : this(new RpcError(status, code, message, hint))
    {
    }

    /// <summary>What the caller is told.</summary>
    public RpcError Error { get; }
}
