using System.Text;

namespace Hera.PgCore.Host.Options;

/// <summary>Whose tokens are accepted: those signed with a shared secret, or those of an OpenID Connect authority.</summary>
internal sealed record TokenOptions(string? Secret, Uri? Authority, string? Issuer, string? Audience)
{
    private const int ShortestSecret = 32;

    public static TokenOptions Read(EnvironmentReader environment, bool isDevelopment)
    {
        var options = new TokenOptions(
            environment.Secret("HERA_JWT_SECRET"),
            environment.Address("HERA_JWT_AUTHORITY"),
            environment.Text("HERA_JWT_ISSUER"),
            environment.Text("HERA_JWT_AUDIENCE"));
        if (options.Secret is null && options.Authority is null)
        {
            environment.Mistake(
                "HERA_JWT_SECRET or HERA_JWT_AUTHORITY is missing, so no token could be verified; "
                + "for example HERA_JWT_AUTHORITY=https://login.example.com/realms/hera.");
        }

        if (options.Secret is not null && options.Authority is not null)
            environment.Mistake("HERA_JWT_SECRET and HERA_JWT_AUTHORITY are both set; keep one of them.");
        if (options.Secret is { } secret && Encoding.UTF8.GetByteCount(secret) < ShortestSecret)
            environment.Mistake("HERA_JWT_SECRET is shorter than 32 bytes; for example HERA_JWT_SECRET=$(openssl rand -base64 48).");
        if (options.Authority is { Scheme: "http" } && !isDevelopment)
            environment.Mistake("HERA_JWT_AUTHORITY is a plain http address, whose keys anybody on the way could replace; for example HERA_JWT_AUTHORITY=https://login.example.com/realms/hera.");
        if (options.Authority is not null && options.Issuer is null)
            environment.Mistake("HERA_JWT_ISSUER is required with HERA_JWT_AUTHORITY; for example HERA_JWT_ISSUER=https://login.example.com/realms/hera.");
        if (options.Authority is not null && options.Audience is null)
            environment.Mistake("HERA_JWT_AUDIENCE is required with HERA_JWT_AUTHORITY; for example HERA_JWT_AUDIENCE=hera.");
        return options;
    }
}
