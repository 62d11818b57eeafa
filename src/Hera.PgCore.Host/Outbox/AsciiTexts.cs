using System.Text;

namespace Hera.PgCore.Host.Outbox;

/// <summary>
/// Strings for short ASCII texts that come again and again: header names, an organization's id, a topic. It is a small
/// table without locks: a text either is found where its hash says or takes that place.
/// </summary>
internal static class AsciiTexts
{
    private const int Places = 2048;
    private const int Longest = 64;

    private static readonly string?[] Table = new string?[Places];

    public static string Get(ReadOnlySpan<byte> ascii)
    {
        if (ascii.Length > Longest)
            return Encoding.ASCII.GetString(ascii);
        ref var place = ref Table[Hash(ascii) % Places];
        var known = place;
        return known is not null && Ascii.Equals(ascii, known) ? known : place = Encoding.ASCII.GetString(ascii);
    }

    private static uint Hash(ReadOnlySpan<byte> text)
    {
        var hash = 2166136261u;
        foreach (var letter in text)
            hash = (hash ^ letter) * 16777619;
        return hash;
    }
}
