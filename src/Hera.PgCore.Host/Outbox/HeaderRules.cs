using System.Buffers;
using System.Collections.Frozen;

namespace Hera.PgCore.Host.Outbox;

/// <summary>
/// What may be written as a header line. The HTTP client passes on whatever it is given without validation, line breaks
/// included, so everything is judged here first.
/// </summary>
internal static class HeaderRules
{
    private static readonly SearchValues<byte> Token =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    // Visible ASCII, space and tab.
    private static readonly SearchValues<byte> FieldValue =
        SearchValues.Create(Enumerable.Range(0x20, 0x5f).Select(code => (byte)code).Append((byte)'\t').ToArray());

    // Framing and connection management belong to the client.
    private static readonly FrozenSet<string> Reserved = new[]
    {
        "Host", "Content-Length", "Transfer-Encoding", "Connection", "Keep-Alive", "Proxy-Connection", "Proxy-Authorization",
        "Proxy-Authenticate", "TE", "Trailer", "Upgrade", "Expect", "HTTP2-Settings",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static bool IsToken(ReadOnlySpan<byte> name) => name.Length > 0 && !name.ContainsAnyExcept(Token);

    public static bool IsReserved(string name) => Reserved.Contains(name);

    public static bool IsValue(ReadOnlySpan<byte> value) =>
        !value.ContainsAnyExcept(FieldValue) && (value.IsEmpty || (!IsBlank(value[0]) && !IsBlank(value[^1])));

    private static bool IsBlank(byte letter) => letter is (byte)' ' or (byte)'\t';
}
