using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using StackExchange.Redis;

namespace Hera.PgCore.Host.Options;

/// <summary>What stands between callers and the API: proxies, origins, certificate, rate limits, and the Redis that hosts share.</summary>
internal sealed record EdgeOptions
{
    /// <summary>Requests a minute of one principal in one organization; null where rates are not limited.</summary>
    public required int? RequestsPerMinute { get; init; }

    /// <summary>The Redis that hosts share windows and identities through; null where each keeps its own in memory.</summary>
    public required ConfigurationOptions? Redis { get; init; }

    /// <summary>Origins whose pages may call the API from a browser.</summary>
    public required IReadOnlyList<string> CorsOrigins { get; init; }

    /// <summary>Networks of the proxies whose word on the caller's address and scheme counts.</summary>
    public required IReadOnlyList<IPNetwork> TrustedProxies { get; init; }

    /// <summary>The certificate of https addresses, with those that it was issued by; empty where a proxy ends TLS.</summary>
    public required X509Certificate2Collection Certificates { get; init; }

    public static EdgeOptions Read(EnvironmentReader environment, bool isDevelopment)
    {
        var isLimited = environment.Switch("RATE_LIMIT_ENABLED") ?? !isDevelopment;
        var perMinute = environment.Count("RATE_LIMIT_MAX_REQUESTS_PER_MINUTE") ?? 100;
        var skips = environment.Switch("SKIP_RATE_LIMITING") ?? false;
        return new EdgeOptions
        {
            RequestsPerMinute = isLimited && !skips ? perMinute : null,
            Redis = environment.Secret("REDIS_URL") is { } url ? RedisUrl.Parse(url, environment) : null,
            CorsOrigins = Origins(environment),
            TrustedProxies = environment.Networks("HERA_TRUSTED_PROXIES")?.Select(IPNetwork.Parse).ToArray() ?? [],
            Certificates = Certificate(environment),
        };
    }

    private static string[] Origins(EnvironmentReader environment)
    {
        const string Name = "CORS_ALLOWED_ORIGINS";
        var origins = environment.Text(Name)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        // As browsers send them: scheme, host and port, nothing behind.
        if (Array.Exists(origins, origin => !Uri.TryCreate(origin, UriKind.Absolute, out var uri)
            || uri.Scheme is not ("http" or "https") || uri.GetLeftPart(UriPartial.Authority) != origin))
        {
            environment.Mistake($"{Name} is not a list of origins; for example {Name}=https://app.example.com,https://admin.example.com.");
        }

        return origins;
    }

    private static X509Certificate2Collection Certificate(EnvironmentReader environment)
    {
        const string Name = "HERA_TLS_CERTIFICATE";
        var chain = new X509Certificate2Collection();
        var (file, key) = (environment.Text(Name), environment.Text(Name + "_KEY"));
        if (file is null && key is null)
        {
            if (environment.Text("HERA_URLS")?.Contains("https://", StringComparison.OrdinalIgnoreCase) == true)
                environment.Mistake($"HERA_URLS names an https address, but {Name} and {Name}_KEY are missing; for example {Name}=/etc/hera/tls.pem.");
            return chain;
        }

        try
        {
            chain.ImportFromPemFile(file!);
            chain[0].Dispose();
            chain[0] = X509Certificate2.CreateFromPemFile(file!, key);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            environment.Mistake(
                $"{Name} and {Name}_KEY are not a certificate and its key in PEM files; for example {Name}=/etc/hera/tls.pem {Name}_KEY=/etc/hera/tls.key.");
        }

        return chain;
    }
}
