using System.Text;
using System.Text.Json;

namespace Hera.PgCore.Host.Outbox;

/// <summary>Makes the bytes of an answer storable as text.</summary>
internal static class ResponseText
{
    /// <summary>Largest part of an answer that is read, in bytes.</summary>
    public const int MaxBytes = 16 * 1024;

    /// <summary>Largest part of a provider's answer that is read: its content is looked into, so more of it counts.</summary>
    public const int MaxProviderBytes = 512 * 1024;

    /// <summary>The headers of an answer as JSON {lower-case name: value}; none that sets a cookie.</summary>
    public static string Headers(HttpResponseMessage response)
    {
        var headers = new Dictionary<string, string>();
        foreach (var (name, values) in response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated))
        {
            if (!name.StartsWith("Set-Cookie", StringComparison.OrdinalIgnoreCase))
                headers[name.ToLowerInvariant()] = values.ToString().Replace('\0', '\uFFFD');
        }

        return JsonSerializer.Serialize(headers);
    }

    /// <summary>The bytes as UTF-8 text, what is invalid or not storable replaced; null where there are none.</summary>
    public static string? From(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return null;
        var text = Encoding.UTF8.GetString(bytes);
        return text.Contains('\0', StringComparison.Ordinal) ? text.Replace('\0', '\uFFFD') : text;
    }
}
