using Hera.PgCore.Rpc;
using Npgsql;

namespace Hera.PgCore.Host.Options;

/// <summary>Where the database is and which key protects the secrets in it.</summary>
internal sealed record DatabaseOptions(NpgsqlConnectionStringBuilder Api, NpgsqlConnectionStringBuilder Worker, string? EncryptionKey)
{
    private const int KeyBytes = 32;

    public static DatabaseOptions Read(EnvironmentReader environment)
    {
        var api = Connection(environment, "DATABASE_URL");
        var worker = Connection(environment, "WORKER_DATABASE_URL") ?? api;
        if (api is null)
            environment.Mistake("DATABASE_URL is missing; for example DATABASE_URL=postgresql://hera_api:secret@db.example.com:5432/hera.");
        return new DatabaseOptions(api!, worker!, Key(environment));
    }

    private static NpgsqlConnectionStringBuilder? Connection(EnvironmentReader environment, string name)
    {
        if (environment.Secret(name) is not { } url)
            return null;
        try
        {
            return DatabaseUrl.Parse(url);
        }
        catch (ArgumentException exception)
        {
            environment.Mistake(exception.Message.Replace("DATABASE_URL", name, StringComparison.Ordinal));
            return null;
        }
    }

    private static string? Key(EnvironmentReader environment)
    {
        if (environment.Secret("HERA_ENCRYPTION_KEY") is not { } keys)
            return null;
        var buffer = new byte[KeyBytes];
        foreach (var key in keys.Split(','))
        {
            if (!Convert.TryFromBase64String(key.Trim(), buffer, out var length) || length != KeyBytes)
            {
                environment.Mistake(
                    "HERA_ENCRYPTION_KEY is not base64 of 32 random bytes (several, comma-separated, newest first, while rotating); "
                    + "for example HERA_ENCRYPTION_KEY=$(openssl rand -base64 32).");
                break;
            }
        }

        return string.Join(',', keys.Split(',', StringSplitOptions.TrimEntries));
    }
}
