namespace Hera.PgCore.Host.Options;

/// <summary>The deployment's webhook settings; null where the environment says nothing.</summary>
internal sealed record WebhookOptions(bool? AllowHttp, IReadOnlyList<string>? AllowedNetworks)
{
    private static readonly Dictionary<string, bool> Algorithms = new() { ["sha256"] = true };

    public static WebhookOptions Read(EnvironmentReader environment, bool isDevelopment)
    {
        if (environment.Switch("WEBHOOK_SIGNING_ENABLED") == false && !isDevelopment)
            environment.Mistake("WEBHOOK_SIGNING_ENABLED is false, which only development may be; for example WEBHOOK_SIGNING_ENABLED=true.");
        environment.OneOf("WEBHOOK_SIGNATURE_ALGORITHM", Algorithms, "sha256");
        return new WebhookOptions(environment.Switch("WEBHOOK_ALLOW_HTTP"), environment.Networks("WEBHOOK_ALLOWED_NETWORKS"));
    }
}
