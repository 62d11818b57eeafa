using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using Npgsql;

namespace Hera.PgCore.Rpc;

/// <summary>
/// What a call tells about itself: a span and a duration under the function's name. Arguments are never told. It costs next to
/// nothing where nobody listens.
/// </summary>
internal readonly struct RpcTelemetry : IDisposable
{
    private const string Schema = "public.";
    private const int LongestApplicationName = 63;
    private const int TraceIdLength = 32;

    private static readonly ActivitySource Source = new(RpcTelemetryNames.Name);

    private static readonly Meter Meter = new(RpcTelemetryNames.Name);

    private static readonly Histogram<double> Duration = Meter.CreateHistogram(
        "hera.rpc.duration",
        "s",
        "Time of a call of a database function, by function and status.",
        tags: null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] });

    private readonly string? _function;
    private readonly Activity? _activity;
    private readonly long _started;

    private RpcTelemetry(string function)
    {
        _function = function;
        _activity = Source.StartActivity(function, ActivityKind.Client);
        _started = Stopwatch.GetTimestamp();
    }

    /// <summary>Begins the call of a statement; one that calls no function of ours is not observed.</summary>
    public static RpcTelemetry Start(string sql)
    {
        if (!Duration.Enabled && !Source.HasListeners())
            return default;
        var start = sql.IndexOf(Schema, StringComparison.Ordinal) + Schema.Length;
        var end = start < Schema.Length ? -1 : sql.IndexOf('(', start);
        return end < 0 ? default : new RpcTelemetry(sql[start..end]);
    }

    /// <summary>Notes how the call ended.</summary>
    public void End(int status, string? code = null)
    {
        if (_function is null)
            return;
        Duration.Record(
            Stopwatch.GetElapsedTime(_started).TotalSeconds,
            new KeyValuePair<string, object?>("function", _function),
            new KeyValuePair<string, object?>("status", status));
        if (code is null)
            return;
        _activity?.SetTag("error.type", code);
        if (status >= 500)
            _activity?.SetStatus(ActivityStatusCode.Error, code);
    }

    public void Dispose() => _activity?.Dispose();

    /// <summary>
    /// A command that shows the trace id in pg_stat_activity for the time of one transaction, or null where the request is not
    /// recorded. It travels in front of the call in the same packet; a comment in the call would be another statement each time.
    /// </summary>
    public static NpgsqlBatchCommand? TraceMark(string applicationName)
    {
        if (Activity.Current is not { Recorded: true, IdFormat: ActivityIdFormat.W3C } activity)
            return null;
        var room = LongestApplicationName - TraceIdLength - 1;
        var name = applicationName.Length > room ? applicationName[..room] : applicationName;
        return new NpgsqlBatchCommand("select pg_catalog.set_config('application_name', $1, true)")
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = string.Create(CultureInfo.InvariantCulture, $"{name} {activity.TraceId}") } },
        };
    }
}

/// <summary>Under which name the calls' spans and durations are published.</summary>
public static class RpcTelemetryNames
{
    /// <summary>Name of the activity source and of the meter.</summary>
    public const string Name = "Hera.PgCore.Rpc";
}
