using System.Buffers;
using System.Collections.Frozen;

namespace Hera.PgCore.Host.Outbox;

/// <summary>
/// What may be written as a header line. The HTTP client passes on whatever it is given without validation, line breaks
/// included, so everything is judged here first.
/// </summary>
internal static class HeaderRules
{
    private static readonly SearchValues<char> Token =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    // Visible ASCII, space and tab.
    private static readonly SearchValues<char> FieldValue =
        SearchValues.Create(Enumerable.Range(0x20, 0x5f).Select(code => (char)code).Append('\t').ToArray());

    // Framing and connection management belong to the client.
    private static readonly FrozenSet<string> Reserved = new[]
    {
        "Host", "Content-Length", "Transfer-Encoding", "Connection", "Keep-Alive", "Proxy-Connection", "Proxy-Authorization",
        "Proxy-Authenticate", "TE", "Trailer", "Upgrade", "Expect", "HTTP2-Settings",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static bool IsName(string name) => name.Length > 0 && !name.AsSpan().ContainsAnyExcept(Token) && !Reserved.Contains(name);

    public static bool IsValue(string value) =>
        !value.AsSpan().ContainsAnyExcept(FieldValue) && (value.Length == 0 || (value[0] is not (' ' or '\t') && value[^1] is not (' ' or '\t')));
}
