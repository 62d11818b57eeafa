namespace Hera.PgCore.Fakes.State;

/// <summary>One provider: the app that is registered with it, how long its tokens live, and what it has issued.</summary>
internal sealed class Provider(string clientId, string clientSecret)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Code> _codes = [];
    private readonly Dictionary<string, Token> _access = [];
    private readonly Dictionary<string, Token> _refresh = [];
    private int _issued;

    public string ClientId { get; set; } = clientId;

    public string ClientSecret { get; set; } = clientSecret;

    public string? VerifyToken { get; set; }

    public int AccessSeconds { get; set; } = 3600;

    /// <summary>Whether a refresh token is given, and whether using it gives another one and ends it.</summary>
    public bool Refresh { get; set; }

    public bool Rotate { get; set; }

    /// <summary>Why whoever is asked says no; null: they agree at once.</summary>
    public string? Denied { get; set; }

    public string NewCode(string redirectUri, string scope, string? challenge)
    {
        lock (_lock)
        {
            var code = $"code-{Guid.NewGuid():n}";
            _codes[code] = new Code(redirectUri, scope, challenge);
            return code;
        }
    }

    /// <summary>A code is good for one use; a second one is refused like one that never was.</summary>
    public Code? TakeCode(string code)
    {
        lock (_lock)
            return _codes.Remove(code, out var found) ? found : null;
    }

    public Token Issue(string scope, string? keptRefreshToken = null, int? seconds = null)
    {
        lock (_lock)
        {
            var number = ++_issued;
            var token = new Token($"access-{number}-{Guid.NewGuid():n}", keptRefreshToken ?? (Refresh ? $"refresh-{number}-{Guid.NewGuid():n}" : null),
                scope, DateTimeOffset.UtcNow.AddSeconds(seconds ?? AccessSeconds), seconds ?? AccessSeconds);
            _access[token.Access] = token;
            if (token.Refresh is not null)
                _refresh[token.Refresh] = token;
            return token;
        }
    }

    /// <summary>The next token for a refresh token; null where it is unknown, revoked or was rotated away.</summary>
    public Token? Renew(string refreshToken)
    {
        lock (_lock)
        {
            if (!_refresh.TryGetValue(refreshToken, out var old))
                return null;
            if (Rotate)
                _refresh.Remove(refreshToken);
            return Issue(old.Scope, Rotate ? null : refreshToken);
        }
    }

    /// <summary>The token where it is alive; <paramref name="known"/> tells an expired one from one that never was.</summary>
    public Token? Alive(string? access, out bool known)
    {
        lock (_lock)
        {
            Token? token = null;
            known = access is not null && _access.TryGetValue(access, out token);
            return token is not null && token.ExpiresAt > DateTimeOffset.UtcNow ? token : null;
        }
    }

    /// <summary>A token that was made in the provider's console rather than by OAuth.</summary>
    public void Accept(string access)
    {
        lock (_lock)
            _access[access] = new Token(access, null, "", DateTimeOffset.MaxValue, 0);
    }

    public void ExpireAccess()
    {
        lock (_lock)
        {
            foreach (var (access, token) in _access.ToList())
                _access[access] = token with { ExpiresAt = DateTimeOffset.UnixEpoch };
        }
    }

    public void RevokeRefresh()
    {
        lock (_lock)
            _refresh.Clear();
    }

    /// <summary>Ends a token and its pair.</summary>
    public bool Revoke(string token)
    {
        lock (_lock)
        {
            var found = _refresh.GetValueOrDefault(token) ?? _access.GetValueOrDefault(token);
            if (found is null)
                return false;
            _access.Remove(found.Access);
            return found.Refresh is null || _refresh.Remove(found.Refresh);
        }
    }

    public Token? OfRefresh(string refreshToken)
    {
        lock (_lock)
            return _refresh.GetValueOrDefault(refreshToken);
    }
}

internal sealed record Code(string RedirectUri, string Scope, string? Challenge);

internal sealed record Token(string Access, string? Refresh, string Scope, DateTimeOffset ExpiresAt, int Seconds);
