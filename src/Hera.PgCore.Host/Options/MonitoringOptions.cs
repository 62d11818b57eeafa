namespace Hera.PgCore.Host.Options;

/// <summary>Where figures, traces and errors go.</summary>
internal sealed record MonitoringOptions
{
    private const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string OtlpHeaders = "OTEL_EXPORTER_OTLP_HEADERS";
    private const string Prefix = "OTEL_";
    private const string FileSuffix = "_FILE";

    /// <summary>Are there figures at /metrics and, where an endpoint is named, exports to it?</summary>
    public required bool IsEnabled { get; init; }

    /// <summary>A listen address for /metrics alone; null: it answers on the addresses of the API.</summary>
    public required Uri? MetricsUrl { get; init; }

    /// <summary>Where errors are reported, or null.</summary>
    public required string? SentryDsn { get; init; }

    /// <summary>The variables of the OpenTelemetry specification (endpoint, protocol, headers, sampler …), passed on as they are.</summary>
    public required IReadOnlyDictionary<string, string?> OpenTelemetry { get; init; }

    /// <summary>Is there somebody to export traces and figures to?</summary>
    public bool IsExporting => IsEnabled && OpenTelemetry.ContainsKey(OtlpEndpoint);

    public static MonitoringOptions Read(EnvironmentReader environment)
    {
        _ = environment.Address(OtlpEndpoint);
        var openTelemetry = environment.NamesOf(Prefix).Where(name => !name.EndsWith(FileSuffix, StringComparison.Ordinal))
            .ToDictionary(name => name, environment.Text);
        openTelemetry.TryAdd("OTEL_SERVICE_NAME", "hera-pgcore");
        if (environment.Secret(OtlpHeaders) is { } headers)
            openTelemetry[OtlpHeaders] = headers;
        return new MonitoringOptions
        {
            IsEnabled = environment.Switch("MONITORING_ENABLED") ?? true,
            MetricsUrl = ReadMetricsUrl(environment),
            SentryDsn = ReadDsn(environment),
            OpenTelemetry = openTelemetry,
        };
    }

    private static Uri? ReadMetricsUrl(EnvironmentReader environment)
    {
        var url = environment.Origin("HERA_METRICS_URL");
        // Requests are told apart by the port that they came in on.
        if (url is { Port: 0 } or { PathAndQuery: not "/" })
            environment.Mistake("HERA_METRICS_URL is not a listen address with a port of its own; for example HERA_METRICS_URL=http://127.0.0.1:9464.");
        return url;
    }

    private static string? ReadDsn(EnvironmentReader environment)
    {
        if (environment.Secret("SENTRY_DSN") is not { } dsn)
            return null;
        if (!Uri.TryCreate(dsn, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.UserInfo.Length == 0 || uri.AbsolutePath == "/")
            environment.Mistake("SENTRY_DSN is not a client key; for example SENTRY_DSN=https://key@sentry.example.com/1.");
        return dsn;
    }
}
