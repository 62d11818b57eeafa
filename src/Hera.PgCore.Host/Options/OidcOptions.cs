namespace Hera.PgCore.Host.Options;

/// <summary>What the authority knows the pages as; with it people sign in there instead of pasting a token.</summary>
internal sealed record OidcOptions(string ClientId, string ClientSecret)
{
    public static OidcOptions? Read(EnvironmentReader environment)
    {
        var (id, secret) = (environment.Text("HERA_OIDC_CLIENT_ID"), environment.Secret("HERA_OIDC_CLIENT_SECRET"));
        if (id is null && secret is null)
            return null;
        if (id is null)
            environment.Mistake("HERA_OIDC_CLIENT_SECRET is set without HERA_OIDC_CLIENT_ID; for example HERA_OIDC_CLIENT_ID=hera-pages.");
        if (string.IsNullOrEmpty(secret))
        {
            environment.Mistake(
                "HERA_OIDC_CLIENT_ID is set, but HERA_OIDC_CLIENT_SECRET is missing or empty; for example HERA_OIDC_CLIENT_SECRET_FILE=/run/secrets/hera_oidc_client_secret.");
        }

        if (environment.Text("HERA_JWT_AUTHORITY") is null)
            environment.Mistake("HERA_OIDC_CLIENT_ID needs the authority that knows it; for example HERA_JWT_AUTHORITY=https://login.example.com/realms/hera.");
        return new OidcOptions(id!, secret!);
    }
}
