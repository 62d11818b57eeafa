using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Hera.PgCore.Fakes.Callbacks;

/// <summary>Each provider's own signature over the raw bytes.</summary>
internal static partial class Signatures
{
    public static Dictionary<string, string> Of(string provider, string secret, string url, byte[] body, DateTimeOffset at)
    {
        var key = Encoding.UTF8.GetBytes(secret);
        return provider switch
        {
            "meta" or "whatsapp" => new() { ["X-Hub-Signature-256"] = "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(key, body)) },
            "linkedin" => new() { ["X-LI-Signature"] = Convert.ToHexStringLower(HMACSHA256.HashData(key, (byte[])[.. "hmacsha256="u8, .. body])) },
            "hubspot" => HubSpot(key, url, body, at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)),
            "zapier" => new() { ["X-Hera-Token"] = secret },
            _ => throw new BadHttpRequestException($"{provider} has no callbacks"),
        };
    }

    private static Dictionary<string, string> HubSpot(byte[] key, string url, byte[] body, string timestamp) => new()
    {
        ["X-HubSpot-Signature-v3"] = Convert.ToBase64String(
            HMACSHA256.HashData(key, (byte[])[.. Encoding.UTF8.GetBytes("POST" + Decoded(url)), .. body, .. Encoding.UTF8.GetBytes(timestamp)])),
        ["X-HubSpot-Request-Timestamp"] = timestamp,
    };

    /// <summary>HubSpot decodes twelve codes before it signs, and no other.</summary>
    private static string Decoded(string url) => Twelve().Replace(url, match => Uri.UnescapeDataString(match.Value));

    [GeneratedRegex("%(3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)", RegexOptions.IgnoreCase)]
    private static partial Regex Twelve();
}
