namespace Hera.PgCore.LocalPostgres;

/// <summary>A private server could not be found, made, started or stopped. The message is one sentence that says what to do.</summary>
public sealed class PostgresServerException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What happened and what to do.</param>
    /// <param name="inner">The cause, if any.</param>
    public PostgresServerException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
