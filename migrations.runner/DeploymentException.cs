namespace Hera.PgCore.Migrations;

/// <summary>A deployment that stopped and changed nothing. The message tells a person what and where; it holds no password.</summary>
public sealed class DeploymentException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What happened, where, and what to do.</param>
    /// <param name="exitCode">1 for an error, 3 for drift.</param>
    /// <param name="inner">The cause, if any.</param>
    public DeploymentException(string message, int exitCode = ExitCodes.Error, Exception? inner = null)
        : base(message, inner)
    {
        ExitCode = exitCode;
    }

    /// <summary>The exit code of the program: 1 for an error, 3 for drift.</summary>
    public int ExitCode { get; }
}

/// <summary>How the program ends.</summary>
public static class ExitCodes
{
    /// <summary>Nothing is amiss.</summary>
    public const int Clean = 0;

    /// <summary>An error, or a broken rule.</summary>
    public const int Error = 1;

    /// <summary>Scripts wait to be deployed.</summary>
    public const int Pending = 2;

    /// <summary>The database and the scripts do not agree.</summary>
    public const int Drift = 3;
}
