using StackExchange.Redis;

namespace Hera.PgCore.Host.Options;

/// <summary>Reads <c>redis://user:password@host:6379/0</c>; <c>rediss://</c> means TLS.</summary>
internal static class RedisUrl
{
    private const int DefaultPort = 6379;

    public static ConfigurationOptions? Parse(string url, EnvironmentReader environment)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("redis" or "rediss") || uri.Host.Length == 0
            || !TryDatabase(uri, out var database))
        {
            environment.Mistake("REDIS_URL is not a Redis address; for example REDIS_URL=redis://:secret@redis.example.com:6379/0.");
            return null;
        }

        var login = uri.UserInfo.Split(':', 2);
        return new ConfigurationOptions
        {
            EndPoints = { { uri.IdnHost, uri.Port > 0 ? uri.Port : DefaultPort } },
            User = login[0].Length > 0 ? Uri.UnescapeDataString(login[0]) : null,
            Password = login.Length == 2 ? Uri.UnescapeDataString(login[1]) : null,
            Ssl = uri.Scheme == "rediss",
            DefaultDatabase = database,
            ClientName = "hera",
            // Redis is never waited for: where it is away or slow, memory takes over.
            AbortOnConnectFail = false,
            BacklogPolicy = BacklogPolicy.FailFast,
            ConnectRetry = 1,
            ConnectTimeout = 1000,
            AsyncTimeout = 250,
            SyncTimeout = 250,
            // Time-outs are only noticed at a heartbeat.
            HeartbeatInterval = TimeSpan.FromMilliseconds(250),
        };
    }

    private static bool TryDatabase(Uri uri, out int database)
    {
        database = 0;
        return uri.AbsolutePath.Length <= 1 || int.TryParse(uri.AbsolutePath[1..], out database);
    }
}
