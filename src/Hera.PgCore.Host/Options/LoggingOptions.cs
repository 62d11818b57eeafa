namespace Hera.PgCore.Host.Options;

/// <summary>How much is logged.</summary>
internal sealed record LoggingOptions(LogLevel Level)
{
    private static readonly Dictionary<string, LogLevel> Levels = new()
    {
        ["trace"] = LogLevel.Trace,
        ["debug"] = LogLevel.Debug,
        ["information"] = LogLevel.Information,
        ["info"] = LogLevel.Information,
        ["warning"] = LogLevel.Warning,
        ["warn"] = LogLevel.Warning,
        ["error"] = LogLevel.Error,
        ["critical"] = LogLevel.Critical,
        ["none"] = LogLevel.None,
    };

    public static LoggingOptions Read(EnvironmentReader environment)
    {
        var level = environment.OneOf("LOG_LEVEL", Levels, "information") ?? LogLevel.Information;
        var debug = environment.Switch("ENABLE_DEBUG_LOGGING") == true;
        return new LoggingOptions(debug && level > LogLevel.Debug ? LogLevel.Debug : level);
    }
}
