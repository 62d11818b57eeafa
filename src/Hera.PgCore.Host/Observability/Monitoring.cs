using Hera.PgCore.Host.Options;
using Hera.PgCore.Rpc;
using Npgsql;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Hera.PgCore.Host.Observability;

/// <summary>Figures at /metrics, and figures and traces to an OpenTelemetry collector where one is named.</summary>
internal static class Monitoring
{
    /// <summary>Name of the host's meter and activity source.</summary>
    public const string Name = "Hera.PgCore";

    private const string MetricsPath = "/metrics";

    // What tools ask every few seconds would drown everything else.
    private static readonly string[] UntracedPaths = [MetricsPath, "/livez", "/readyz"];

    public static void AddMonitoring(this WebApplicationBuilder builder, Settings settings)
    {
        var options = settings.Monitoring;
        if (options.SentryDsn is { } dsn)
            builder.WebHost.AddErrorReports(dsn, settings.IsDevelopment);
        if (!options.IsEnabled)
            return;

        builder.Configuration.AddInMemoryCollection(options.OpenTelemetry);
        if (options.MetricsUrl is { } url)
            builder.WebHost.UseUrls($"{builder.WebHost.GetSetting(WebHostDefaults.ServerUrlsKey)};{url.GetLeftPart(UriPartial.Authority)}");
        builder.Services.AddSingleton<DatabaseFigures>().AddSingleton<DatabaseMetrics>();
        var telemetry = builder.Services.AddOpenTelemetry().WithMetrics(metrics =>
        {
            metrics.AddMeter(Name, RpcTelemetryNames.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime", "Npgsql")
                .AddPrometheusExporter(prometheus => prometheus.ScopeInfoEnabled = false);
            if (options.IsExporting)
                metrics.AddOtlpExporter();
        });
        if (!options.IsExporting)
            return;
        builder.Services.AddHostedService<FigureRefresh>();
        telemetry.WithTracing(traces => traces
            .AddAspNetCoreInstrumentation(web => web.Filter = http => !UntracedPaths.Contains(http.Request.Path.Value))
            .AddHttpClientInstrumentation()
            .AddNpgsql()
            .AddSource(Name, RpcTelemetryNames.Name)
            .AddOtlpExporter());
    }

    public static void UseMonitoring(this WebApplication app, MonitoringOptions options)
    {
        if (!options.IsEnabled)
            return;
        app.Services.GetRequiredService<DatabaseMetrics>();
        if (options.MetricsUrl is { Port: var port })
            app.Use((http, next) => KeepApart(http, next, port));
        app.MapPrometheusScrapingEndpoint(MetricsPath, meterProvider: null, scraping => scraping.Use(RefreshAsync), optionsName: null)
            .WithMetadata(new HttpMethodMetadata([HttpMethods.Get]));
    }

    /// <summary>Figures on their own port and nothing else there. The port is the connection's: a Host header may say anything.</summary>
    private static Task KeepApart(HttpContext http, RequestDelegate next, int port)
    {
        if ((http.Connection.LocalPort == port) == (http.Request.Path == MetricsPath))
            return next(http);
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private static async Task RefreshAsync(HttpContext http, RequestDelegate next)
    {
        await http.RequestServices.GetRequiredService<DatabaseFigures>().RefreshAsync(http.RequestAborted);
        await next(http);
    }

    /// <summary>Keeps figures fresh for exports, which nobody asks for.</summary>
    private sealed class FigureRefresh(DatabaseFigures figures) : BackgroundService
    {
        private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);

        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                try
                {
                    await figures.RefreshAsync(stoppingToken);
                }
                catch (OperationCanceledException)
                {
                    return;
                }

                await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
