namespace Hera.PgCore.Host.Options;

/// <summary>The deployment's webhook settings.</summary>
/// <param name="AllowHttp">Null where the environment says nothing.</param>
/// <param name="AllowedNetworks">Null where the environment says nothing.</param>
/// <param name="RequiresSignature">False where providers' callbacks need no signature, in development only; else null.</param>
/// <param name="Signs">Whether requests carry their signatures; false in development only.</param>
internal sealed record WebhookOptions(bool? AllowHttp, IReadOnlyList<string>? AllowedNetworks, bool? RequiresSignature, bool Signs)
{
    private static readonly Dictionary<string, bool> Algorithms = new() { ["sha256"] = true };

    public static WebhookOptions Read(EnvironmentReader environment, bool isDevelopment)
    {
        var signs = TrueButInDevelopment(environment, "WEBHOOK_SIGNING_ENABLED", isDevelopment);
        var requires = TrueButInDevelopment(environment, "WEBHOOK_SIGNATURE_REQUIRED", isDevelopment);
        environment.OneOf("WEBHOOK_SIGNATURE_ALGORITHM", Algorithms, "sha256");
        return new WebhookOptions(
            environment.Switch("WEBHOOK_ALLOW_HTTP"), environment.Networks("WEBHOOK_ALLOWED_NETWORKS"), requires ? null : false, signs);
    }

    private static bool TrueButInDevelopment(EnvironmentReader environment, string name, bool isDevelopment)
    {
        var value = environment.Switch(name) ?? true;
        if (!value && !isDevelopment)
            environment.Mistake($"{name} is false, which only development may be; for example {name}=true.");
        return value;
    }
}
