namespace Hera.PgCore.Fakes.State;

/// <summary>What came, in order, for tests to read.</summary>
internal sealed class RequestLog
{
    private readonly Lock _lock = new();
    private readonly List<SeenRequest> _requests = [];

    public void Add(SeenRequest request)
    {
        lock (_lock)
            _requests.Add(request);
    }

    public List<SeenRequest> Of(string? provider, string? path)
    {
        lock (_lock)
            return [.. _requests.Where(seen => (provider is null || seen.Provider == provider) && (path is null || seen.Path.Contains(path, StringComparison.Ordinal)))];
    }

    public void Clear()
    {
        lock (_lock)
            _requests.Clear();
    }
}

internal sealed record SeenRequest(string Provider, string Method, string Path, string Query, Dictionary<string, string> Headers, string Body);
