using Sentry.Extensibility;

namespace Hera.PgCore.Host.Observability;

/// <summary>Reports what is logged as an error to Sentry: which code failed on which route, and nothing of whose request it was.</summary>
internal static class ErrorReports
{
    public static void AddErrorReports(this IWebHostBuilder host, string dsn, bool isDevelopment) => host.UseSentry(sentry =>
    {
        sentry.Dsn = dsn;
        sentry.Environment = isDevelopment ? "development" : "production";
        sentry.SendDefaultPii = false;
        sentry.MaxRequestBodySize = RequestSize.None;
        // Log lines before the error may carry exceptions, and those quote rows.
        sentry.MaxBreadcrumbs = 0;
        sentry.AutoSessionTracking = false;
        sentry.DisableDiagnosticSourceIntegration();
        sentry.SetBeforeSend(Reduce);
    });

    private static SentryEvent Reduce(SentryEvent report)
    {
        report.User = new SentryUser();
        report.Request = new SentryRequest { Method = report.Request.Method, Url = report.Request.Url?.Split('?')[0] };
        foreach (var exception in report.SentryExceptions ?? [])
        {
            // The database's words and the data beside them quote values; the log has what may be said of them.
            exception.Mechanism?.Data.Clear();
            if (exception.Type?.StartsWith("Npgsql.", StringComparison.Ordinal) == true)
                exception.Value = null;
        }

        return report;
    }
}
