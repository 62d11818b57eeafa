using System.Net;
using Cronos;
using Hera.PgCore.Rpc;

namespace Hera.PgCore.Host.Options;

/// <summary>A start that cannot go on; the message is written for the person who started it.</summary>
internal sealed class StartupException(string message) : Exception(message);

/// <summary>Reads environment variables and gathers every mistake, so that one start names them all.</summary>
internal sealed class EnvironmentReader(IReadOnlyDictionary<string, string> variables)
{
    private readonly List<string> _mistakes = [];

    public static EnvironmentReader OfProcess() => new(Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
        .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? ""));

    /// <summary>The same environment where names that it lacks have the given values.</summary>
    public EnvironmentReader WithDefaults(IReadOnlyDictionary<string, string> defaults)
    {
        var merged = new Dictionary<string, string>(variables);
        foreach (var (name, value) in defaults)
        {
            if (!HasSecret(name))
                merged[name] = value;
        }

        return new EnvironmentReader(merged);
    }

    public string? Text(string name) => variables.TryGetValue(name, out var value) && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

    /// <summary>Is the secret given, be it by a file that cannot be read?</summary>
    public bool HasSecret(string name) => Text(name) is not null || Text(name + "_FILE") is not null;

    /// <summary>The variable itself, or the content of the file that <c>NAME_FILE</c> names.</summary>
    public string? Secret(string name)
    {
        var (value, file) = (Text(name), Text(name + "_FILE"));
        if (file is null)
            return value;
        if (value is not null)
            Mistake($"{name} and {name}_FILE are both set; keep one of them.");
        try
        {
            return File.ReadAllText(file).Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Mistake($"{name}_FILE names the file {file}, which cannot be read; for example {name}_FILE=/run/secrets/{name.ToLowerInvariant()}.");
            return null;
        }
    }

    public bool? Switch(string name) => Text(name)?.ToLowerInvariant() switch
    {
        null => null,
        "true" or "1" or "yes" or "on" => true,
        "false" or "0" or "no" or "off" => false,
        _ => Mistake<bool>($"{name} is neither true nor false; for example {name}=true."),
    };

    public Guid? Uuid(string name) => Text(name) is not { } text ? null
        : Guid.TryParseExact(text, "D", out var value) ? value
        : Mistake<Guid>($"{name} is not a uuid; for example {name}=00000000-0000-0000-0000-000000000000.");

    public CronExpression? Cron(string name)
    {
        if (Text(name) is not { } text)
            return null;
        try
        {
            return CronExpression.Parse(text, CronFormat.IncludeSeconds);
        }
        catch (CronFormatException)
        {
            Mistake($"{name} is not a schedule of six fields beginning with seconds; for example {name}=*/5 * * * * *.");
            return null;
        }
    }

    public T? OneOf<T>(string name, IReadOnlyDictionary<string, T> choices, string example)
        where T : struct
    {
        if (Text(name) is not { } text)
            return null;
        if (choices.TryGetValue(text.ToLowerInvariant(), out var value))
            return value;
        return Mistake<T>($"{name} is none of {string.Join(", ", choices.Keys)}; for example {name}={example}.");
    }

    public string[]? Networks(string name)
    {
        if (Text(name) is not { } text)
            return null;
        var networks = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (Array.TrueForAll(networks, network => IPNetwork.TryParse(network, out _)))
            return networks;
        Mistake($"{name} is not a list of networks; for example {name}=10.1.0.0/16,fd00::/8.");
        return null;
    }

    public int? Count(string name) => Text(name) is not { } text ? null
        : int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var value) && value > 0 ? value
        : Mistake<int>($"{name} is not a whole number from 1; for example {name}=100.");

    /// <summary>The names that begin with <paramref name="prefix"/> and have a value.</summary>
    public IEnumerable<string> NamesOf(string prefix) =>
        variables.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal) && Text(name) is not null);

    public Uri? Address(string name) => Text(name) is not { } text ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address
        : Mistake<Uri>($"{name} is not an http or https address; for example {name}=https://login.example.com/realms/hera.", null!);

    /// <summary>An address of scheme, name and port alone.</summary>
    public Uri? Origin(string name) => Text(name) is not { } text ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var origin) && origin.Scheme is "http" or "https" && origin is { PathAndQuery: "/", Fragment: "", UserInfo: "" } ? origin
        : Mistake<Uri>($"{name} is not an origin; for example {name}=https://hera.example.com.", null!);

    public void Mistake(string sentence)
    {
        // A value that is read twice is mistaken once.
        if (!_mistakes.Contains(sentence))
            _mistakes.Add(sentence);
    }

    /// <summary>Refuses names that begin like ours and mean nothing: a mistyped setting must not be silently without effect.</summary>
    public void RefuseUnknown(IReadOnlyCollection<string> known)
    {
        var ours = variables.Keys.Where(name => name.StartsWith("HERA_", StringComparison.Ordinal));
        foreach (var name in ours.Except(known).Order(StringComparer.Ordinal))
            Mistake($"{name} is not known; did you mean {Nearest.Of(name, known)}?");
    }

    public void ThrowIfMistaken()
    {
        if (_mistakes.Count > 0)
            throw new StartupException(string.Join(Environment.NewLine, _mistakes));
    }

    private T? Mistake<T>(string sentence)
        where T : struct
    {
        Mistake(sentence);
        return null;
    }

    private T Mistake<T>(string sentence, T value)
        where T : class
    {
        Mistake(sentence);
        return value;
    }
}
