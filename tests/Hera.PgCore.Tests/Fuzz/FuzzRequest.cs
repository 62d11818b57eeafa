using System.Text;

namespace Hera.PgCore.Tests.Fuzz;

/// <summary>One request as it goes over the wire.</summary>
/// <param name="Head">Request line and headers, the empty line included; each character is a byte.</param>
/// <param name="Body">What follows.</param>
/// <param name="IsFramed">Does it end where its headers say? Only then an answer is owed and another request may follow it.</param>
internal sealed record FuzzRequest(string Head, byte[] Body, bool IsFramed)
{
    private const int LongestShown = 2000;

    /// <summary>An answer to HEAD has no body whatever its headers say.</summary>
    public bool IsHead => Head.StartsWith("HEAD ", StringComparison.Ordinal);

    public byte[] ToBytes() => [.. Encoding.Latin1.GetBytes(Head), .. Body];

    public override string ToString()
    {
        var text = Encoding.Latin1.GetString(ToBytes());
        return text.Length <= LongestShown ? text : $"{text[..LongestShown]}… ({text.Length} bytes)";
    }
}
