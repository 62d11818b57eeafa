using System.Text;

namespace Hera.PgCore.Host.Outbox;

/// <summary>Makes the bytes of an answer storable as text.</summary>
internal static class ResponseText
{
    /// <summary>Largest part of an answer that is read, in bytes.</summary>
    public const int MaxBytes = 16 * 1024;

    /// <summary>The bytes as UTF-8 text, what is invalid or not storable replaced; null where there are none.</summary>
    public static string? From(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return null;
        var text = Encoding.UTF8.GetString(bytes);
        return text.Contains('\0', StringComparison.Ordinal) ? text.Replace('\0', '\uFFFD') : text;
    }
}
