using System.Globalization;
using System.Net.Sockets;
using Npgsql;

namespace Hera.PgCore.Rpc;

/// <summary>The one table from database errors to <see cref="RpcError"/>.</summary>
public static class ErrorMapper
{
    private const int RetrySeconds = 2;

    /// <summary>Maps any exception of a call; unknown ones become a 500 that says nothing of their cause.</summary>
    public static RpcError Map(Exception exception) => exception switch
    {
        RpcException known => known.Error,
        PostgresException database => Map(database) with { SqlState = database.SqlState },
        NpgsqlException or SocketException or TimeoutException or IOException => Unavailable("The database cannot be reached."),
        _ => Internal,
    };

    /// <summary>
    /// A cause as logs may show it. The details of a database error are left out: they quote rows and arguments, and those may hold secrets.
    /// </summary>
    public static string Describe(Exception exception) => exception switch
    {
        RpcException { InnerException: { } cause } => Describe(cause),
        RpcException refusal => $"{refusal.Error.Status} {refusal.Error.Code}",
        PostgresException database => $"{database.SqlState}: {database.MessageText} {database.Where}".TrimEnd(),
        NpgsqlException or SocketException or TimeoutException or IOException => $"{exception.GetType().Name}: {exception.Message}",
        null => "",
        _ => exception.ToString(),
    };

    /// <summary>Serialization failures and deadlocks: the same call may well succeed when it is repeated.</summary>
    internal static bool IsWorthRepeating(PostgresException exception) => exception.SqlState is "40001" or "40P01";

    private static RpcError Internal { get; } =
        new(500, "internal_error", "The request could not be processed.", "Quote the rid of this answer to the operator, whose log has the cause.");

    private static RpcError Map(PostgresException exception)
    {
        var state = exception.SqlState;
        if (state.StartsWith("PT", StringComparison.Ordinal) && int.TryParse(state.AsSpan(2), CultureInfo.InvariantCulture, out var status))
        {
            return new(status, exception.Detail ?? "error", exception.MessageText, HintOf(exception))
            {
                RetryAfterSeconds = status is 429 or 503 ? RetrySeconds : null,
            };
        }

        return state switch
        {
            "23505" or "23503" => new(409, "conflict", "The request contradicts what is stored.", "Read the current state, then decide again."),
            "42501" => new(403, "permission_denied", "This is not permitted.", "Ask an administrator for the permission."),
            "42883" => new(404, "function_not_found", "The database does not have this function.", "Bring the database up to date with migrations.runner."),
            "57014" => new(504, "timeout", "The database took too long.", "Ask for less at once, or try again later."),
            "40001" or "40P01" or "55P03" => Unavailable("Too many changes at once."),
            "57P01" or "57P02" or "57P03" or "25006" => Unavailable("The database is restarting."),
            _ => MapClass(state[..2], exception),
        };
    }

    private static RpcError MapClass(string sqlClass, PostgresException exception) => sqlClass switch
    {
        "22" => new(400, "invalid_value", "A value has the wrong form or is out of range.", HintOf(exception)),
        "23" => new(400, "invalid_value", "A value breaks a rule of the database.", HintOf(exception)),
        "54" => new(413, "too_large", "The request is too large or too deeply nested.", "Send less at once."),
        "08" or "53" => Unavailable("The database has no capacity for this now."),
        _ => Internal,
    };

    private static string? HintOf(PostgresException exception) => string.IsNullOrEmpty(exception.Hint) ? null : exception.Hint;

    private static RpcError Unavailable(string message) =>
        new(503, "unavailable", message, "Try again after the time that Retry-After tells.") { RetryAfterSeconds = RetrySeconds };
}
