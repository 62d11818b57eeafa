namespace Hera.PgCore.Fakes.State;

/// <summary>What the next calls get instead of an answer.</summary>
internal sealed class Failures
{
    private readonly Lock _lock = new();
    private readonly List<Failure> _failures = [];

    public void Add(Failure failure)
    {
        lock (_lock)
            _failures.Add(failure);
    }

    public void Clear()
    {
        lock (_lock)
            _failures.Clear();
    }

    public Failure? Take(string provider, string path)
    {
        lock (_lock)
        {
            var index = _failures.FindIndex(it => it.Provider == provider && (it.Path is null || path.Contains(it.Path, StringComparison.Ordinal)));
            if (index < 0)
                return null;
            var failure = _failures[index];
            // The first so many calls may pass: a limit that is reached in the middle.
            if (failure.After > 0)
            {
                _failures[index] = failure with { After = failure.After - 1 };
                return null;
            }
            if (failure.Times > 1)
                _failures[index] = failure with { Times = failure.Times - 1 };
            else
                _failures.RemoveAt(index);
            return failure;
        }
    }
}

/// <summary>
/// One answer to give: <c>Name</c> is one of the provider's own (see <see cref="KnownErrors"/>), else status, body and headers count.
/// <c>Hang</c> holds the request until the caller goes; <c>Reset</c> cuts the connection after the request was read.
/// </summary>
internal sealed record Failure(
    string Provider, string? Path = null, int Times = 1, int After = 0, string? Name = null, int Status = 500, string? Body = null,
    Dictionary<string, string>? Headers = null, bool Hang = false, bool Reset = false);
