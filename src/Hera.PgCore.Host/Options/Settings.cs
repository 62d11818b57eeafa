namespace Hera.PgCore.Host.Options;

/// <summary>Everything that a start reads from the environment.</summary>
internal sealed record Settings(
    DatabaseOptions Database, RuntimeOptions Runtime, TokenOptions Tokens, WebhookOptions Webhooks, LoggingOptions Logging, bool IsDevelopment)
{
    /// <summary>All names that begin with HERA_ and mean something, here or to the programs beside the host.</summary>
    private static readonly string[] KnownNames =
    [
        "HERA_URLS", "HERA_PUBLIC_URL", "HERA_JWT_SECRET", "HERA_JWT_SECRET_FILE", "HERA_JWT_AUTHORITY", "HERA_JWT_ISSUER", "HERA_JWT_AUDIENCE",
        "HERA_OIDC_CLIENT_ID", "HERA_OIDC_CLIENT_SECRET", "HERA_OIDC_CLIENT_SECRET_FILE",
        "HERA_ENCRYPTION_KEY", "HERA_ENCRYPTION_KEY_FILE", "HERA_PGBIN", "HERA_DATA_DIR", "HERA_TEST_DATABASE_URL", "HERA_UPDATE_GOLDEN",
        "HERA_METRICS_URL",
        "HERA_TRUSTED_PROXIES", "HERA_TLS_CERTIFICATE", "HERA_TLS_CERTIFICATE_KEY",
    ];

    private static readonly Dictionary<string, string> Replaced = new()
    {
        ["NEXT_PUBLIC_SUPABASE_URL"] = "DATABASE_URL",
        ["NEXT_PUBLIC_SUPABASE_ANON_KEY"] = "HERA_JWT_SECRET or HERA_JWT_AUTHORITY",
        ["SUPABASE_SERVICE_ROLE_KEY"] = "DATABASE_URL with its own login",
    };

    /// <summary>What stands between callers and the API.</summary>
    public required EdgeOptions Edge { get; init; }

    /// <summary>How people sign in at the authority; null where they sign in with a token.</summary>
    public required OidcOptions? SignIn { get; init; }

    /// <summary>Hints for the person who started the host, one sentence each.</summary>
    public IReadOnlyList<string> Hints { get; private init; } = [];

    /// <summary>Where figures, traces and errors go.</summary>
    public required MonitoringOptions Monitoring { get; init; }

    /// <exception cref="StartupException">One or several values cannot be used; the message names each.</exception>
    public static Settings Read(EnvironmentReader environment, bool isDevelopment)
    {
        environment.RefuseUnknown(KnownNames);
        var settings = new Settings(
            DatabaseOptions.Read(environment),
            RuntimeOptions.Read(environment),
            TokenOptions.Read(environment, isDevelopment),
            WebhookOptions.Read(environment, isDevelopment),
            LoggingOptions.Read(environment),
            isDevelopment)
        {
            Monitoring = MonitoringOptions.Read(environment),
            Edge = EdgeOptions.Read(environment, isDevelopment),
            SignIn = OidcOptions.Read(environment),
        };
        environment.ThrowIfMistaken();
        return settings with { Hints = HintsFor(environment, settings).ToList() };
    }

    private static IEnumerable<string> HintsFor(EnvironmentReader environment, Settings settings)
    {
        foreach (var (name, replacement) in Replaced)
        {
            if (environment.Text(name) is not null)
                yield return $"{name} is not used; {replacement} has replaced it.";
        }

        if (!settings.Webhooks.Signs)
            yield return "WEBHOOK_SIGNING_ENABLED is false: receivers cannot tell who sends, and those that verify will refuse.";
    }

    /// <summary>The environment's own word where it says one, else development exactly where no database is named.</summary>
    public static bool IsDevelopmentIn(EnvironmentReader environment)
    {
        var name = environment.Text("ASPNETCORE_ENVIRONMENT") ?? environment.Text("DOTNET_ENVIRONMENT") ?? environment.Text("NODE_ENV");
        return name is null ? !environment.HasSecret("DATABASE_URL") : name.Equals("development", StringComparison.OrdinalIgnoreCase);
    }
}
