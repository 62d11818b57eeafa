using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;

namespace Hera.PgCore.Rpc;

/// <summary>Reads DATABASE_URL: the URL form that PostgreSQL tools share, or Npgsql's own <c>Host=…</c> form.</summary>
public static partial class DatabaseUrl
{
    private const string Example = "postgresql://user:password@db.example.com:5432/hera?sslmode=require";

    // libpq's names for what Npgsql calls otherwise. Any other name is passed to Npgsql as it stands.
    private static readonly Dictionary<string, string> LibpqNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["user"] = "Username",
        ["dbname"] = "Database",
        ["sslmode"] = "SSL Mode",
        ["sslrootcert"] = "Root Certificate",
        ["sslcert"] = "SSL Certificate",
        ["sslkey"] = "SSL Key",
        ["sslpassword"] = "SSL Password",
        ["sslnegotiation"] = "SSL Negotiation",
        ["application_name"] = "Application Name",
        ["connect_timeout"] = "Timeout",
        ["target_session_attrs"] = "Target Session Attributes",
        ["client_encoding"] = "Client Encoding",
        ["channel_binding"] = "Channel Binding",
        ["gssencmode"] = "GSS Encryption Mode",
        ["krbsrvname"] = "Kerberos Service Name",
        ["require_auth"] = "Require Auth",
        ["load_balance_hosts"] = "Load Balance Hosts",
    };

    /// <summary>Parses either form into an Npgsql connection string.</summary>
    /// <param name="url">
    /// <c>postgresql://</c> or <c>postgres://</c> with percent-encoding, several hosts (<c>a:5432,b:5433</c>), a socket folder as host
    /// (<c>%2Frun%2Fpostgresql</c>) and query parameters; or <c>Host=…;Database=…</c>.
    /// </param>
    /// <exception cref="ArgumentException">The text is neither. The message names DATABASE_URL and holds nothing of its value.</exception>
    public static NpgsqlConnectionStringBuilder Parse(string url)
    {
        if (string.IsNullOrWhiteSpace(url))
            throw Bad("is empty");
        var text = url.Trim();
        var scheme = Scheme().Match(text);
        if (!scheme.Success)
            return ParseKeywords(text);
        if (scheme.Groups[1].Value.ToUpperInvariant() is not ("POSTGRESQL" or "POSTGRES"))
            throw Bad("is a URL of another scheme than postgresql:// or postgres://");
        return ParseUrl(text[scheme.Length..]);
    }

    private static NpgsqlConnectionStringBuilder ParseKeywords(string text)
    {
        NpgsqlConnectionStringBuilder builder;
        try
        {
            builder = new NpgsqlConnectionStringBuilder(text);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException or KeyNotFoundException)
        {
            throw Bad("is neither a postgresql:// URL nor a list such as Host=db.example.com;Username=user;Password=…;Database=hera");
        }
        // "host=a dbname=b" would become a host named "a dbname=b".
        if (string.IsNullOrWhiteSpace(builder.Host) || builder.Host.Contains('=') || builder.Host.Any(char.IsWhiteSpace))
            throw Bad("names no host, or its parts are not divided by ';' as in Host=db.example.com;Username=user;Password=…");
        return builder;
    }

    private static NpgsqlConnectionStringBuilder ParseUrl(string rest)
    {
        var query = Cut(ref rest, rest.IndexOf('?'));
        var path = Cut(ref rest, rest.IndexOf('/'));
        var at = rest.LastIndexOf('@');
        var hosts = rest[(at + 1)..];
        var builder = new NpgsqlConnectionStringBuilder();

        if (at >= 0)
        {
            var user = rest[..at];
            var password = Cut(ref user, user.IndexOf(':'));
            if (user.Length > 0)
                builder.Username = Decode(user);
            if (password.Length > 0)
                builder.Password = Decode(password);
        }
        if (path.Length > 0)
            builder.Database = Decode(path);
        SetHosts(builder, hosts);
        SetParameters(builder, query);
        if (string.IsNullOrEmpty(builder.Host))
            throw Bad("names no host");
        return builder;
    }

    /// <summary>Returns what follows <paramref name="index"/> and leaves in <paramref name="text"/> what precedes it.</summary>
    private static string Cut(ref string text, int index)
    {
        if (index < 0)
            return "";
        var tail = text[(index + 1)..];
        text = text[..index];
        return tail;
    }

    private static void SetHosts(NpgsqlConnectionStringBuilder builder, string hosts)
    {
        if (hosts.Length == 0)
            return;
        var parsed = hosts.Split(',').Select(ParseHost).ToArray();
        if (parsed.Length == 1)
        {
            builder.Host = parsed[0].Host.Trim('[', ']');
            builder.Port = parsed[0].Port ?? NpgsqlConnection.DefaultPort;
        }
        else
        {
            builder.Host = string.Join(',', parsed.Select(h =>
                string.Create(CultureInfo.InvariantCulture, $"{h.Host}:{h.Port ?? NpgsqlConnection.DefaultPort}")));
        }
    }

    private static (string Host, int? Port) ParseHost(string text)
    {
        var match = HostAndPort().Match(text);
        if (!match.Success)
        {
            throw Bad("has a host or port that cannot be read (special characters in a password must be percent-encoded: "
                + "'@' is %40, '/' is %2F)");
        }
        var port = match.Groups["port"];
        if (!port.Success)
            return (Decode(match.Groups["host"].Value), null);
        if (!int.TryParse(port.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > 65535)
            throw Bad("has a port outside 1–65535");
        return (Decode(match.Groups["host"].Value), number);
    }

    private static void SetParameters(NpgsqlConnectionStringBuilder builder, string query)
    {
        var position = 0;
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            position++;
            var name = pair;
            var value = Decode(Cut(ref name, name.IndexOf('=')));
            name = Decode(name);
            try
            {
                builder[LibpqNames.GetValueOrDefault(name, name)] = name.ToUpperInvariant() switch
                {
                    "SSLMODE" => value.Replace("-", "", StringComparison.Ordinal),
                    "TARGET_SESSION_ATTRS" => value.Replace("read-write", "primary", StringComparison.Ordinal),
                    _ => value,
                };
            }
            catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException or OverflowException
                or KeyNotFoundException)
            {
                // An unknown name may be the tail of a password with a bare '?': only names of the list above are repeated.
                throw Bad(LibpqNames.ContainsKey(name)
                    ? $"has a value of {name} that is not valid"
                    : string.Create(CultureInfo.InvariantCulture, $"has an unknown query parameter (number {position} after the '?')"));
            }
        }
    }

    private static string Decode(string text)
    {
        if (BadEscape().IsMatch(text))
            throw Bad("has a '%' that is not followed by two hexadecimal digits (a percent sign itself is written %25)");
        return Uri.UnescapeDataString(text);
    }

    private static ArgumentException Bad(string what) => new($"DATABASE_URL {what}. Example: {Example}");

    [GeneratedRegex("^([A-Za-z][A-Za-z0-9+.-]*)://")]
    private static partial Regex Scheme();

    [GeneratedRegex(@"^(?<host>\[[0-9A-Fa-f:.%]+\]|[^\s:@\[\]]+)(:(?<port>[0-9]+))?$")]
    private static partial Regex HostAndPort();

    [GeneratedRegex("%(?![0-9A-Fa-f]{2})")]
    private static partial Regex BadEscape();
}
