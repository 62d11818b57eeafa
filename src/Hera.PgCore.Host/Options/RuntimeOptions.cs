using Cronos;

namespace Hera.PgCore.Host.Options;

/// <summary>What this process does and where it listens.</summary>
internal sealed record RuntimeOptions
{
    public required bool ServesApi { get; init; }

    public required bool RunsWorker { get; init; }

    /// <summary>When an idle worker looks for due deliveries.</summary>
    public required CronExpression WorkerSchedule { get; init; }

    /// <summary>Listen addresses; empty leaves them to the default, port 3000 on every interface.</summary>
    public required IReadOnlyList<string> Urls { get; init; }

    /// <summary>The origin that providers see, or null where it is the listen address.</summary>
    public required Uri? PublicUrl { get; init; }

    /// <summary>Where browsers and providers reach this host: the public origin, else a listen address that names one host; null where neither is known.</summary>
    public string? Origin => PublicUrl is { } url
        ? OriginOf(url)
        : Urls.Select(text => Uri.TryCreate(text, UriKind.Absolute, out var listen) && listen.Host is not ("0.0.0.0" or "[::]") && listen.Port > 0 ? OriginOf(listen) : null)
            .FirstOrDefault(origin => origin is not null);

    /// <summary>The organization that the development start prepares its demo in; where it is the platform's, the demo has one of its own.</summary>
    public required Guid DefaultOrganizationId { get; init; }

    public static RuntimeOptions Read(EnvironmentReader environment)
    {
        var urls = environment.Text("HERA_URLS")?.Split([';', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        if (Array.Exists(urls, url => !IsListenAddress(url)))
            environment.Mistake("HERA_URLS is not a list of listen addresses; for example HERA_URLS=http://0.0.0.0:3000.");
        return new RuntimeOptions
        {
            ServesApi = environment.Switch("INTEGRATION_RUNTIME_ENABLED") ?? true,
            RunsWorker = environment.Switch("OUTBOX_WORKER_ENABLED") ?? true,
            WorkerSchedule = environment.Cron("OUTBOX_WORKER_CRON") ?? CronExpression.Parse("*/5 * * * * *", CronFormat.IncludeSeconds),
            Urls = urls,
            PublicUrl = environment.Origin("HERA_PUBLIC_URL"),
            DefaultOrganizationId = environment.Uuid("DEFAULT_ORGANIZATION_ID") ?? Guid.Empty,
        };
    }

    private static string OriginOf(Uri url) => $"{url.Scheme}://{(url.HostNameType == UriHostNameType.IPv6 ? url.Host : url.IdnHost)}{(url.IsDefaultPort ? "" : $":{url.Port}")}";

    private static bool IsListenAddress(string url)
    {
        try
        {
            return Microsoft.AspNetCore.Http.BindingAddress.Parse(url).Scheme is "http" or "https";
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
