using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Hera.PgCore.Host.Pages.Hub;

/// <summary>One thing that was looked at.</summary>
internal sealed record SignatureFinding(bool IsGood, string Text);

/// <summary>Tells a person why a signature (Standard Webhooks 1.0.0) matches or does not, step by step up to the first mismatch.</summary>
internal static class SignatureCheck
{
    private const string SecretPrefix = "whsec_";
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(300);

    public static IReadOnlyList<SignatureFinding> Explain(string secret, string headerLines, string body, DateTimeOffset now)
    {
        var headers = Parse(headerLines);
        // Browsers send every line end of a form as CR LF.
        body = body.Replace("\r\n", "\n", StringComparison.Ordinal);
        List<SignatureFinding> findings = [];
        foreach (var name in (string[])["webhook-id", "webhook-timestamp", "webhook-signature"])
        {
            if (!headers.ContainsKey(name))
                return [.. findings, Bad($"The header {name} is missing. A proxy may have taken it out, or it was not copied.")];
        }

        findings.Add(Good("The three headers are there."));
        if (!long.TryParse(headers["webhook-timestamp"], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return [.. findings, Bad($"webhook-timestamp is {headers["webhook-timestamp"]} and no count of seconds.")];
        if (KeyOf(secret) is not { } key)
            return [.. findings, Bad("The secret begins with whsec_, but what follows is not base64. It was cut off, perhaps.")];

        var given = headers["webhook-signature"].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string Sign(byte[] with, string content) => "v1," + Convert.ToBase64String(
            HMACSHA256.HashData(with, Encoding.UTF8.GetBytes($"{headers["webhook-id"]}.{headers["webhook-timestamp"]}.{content}")));
        if (!given.Contains(Sign(key, body)) && !given.Contains(Sign(key, body.Replace("\n", "\r\n", StringComparison.Ordinal))))
            return [.. findings, Bad(Cause(secret, body, given, Sign))];

        findings.Add(Good("The signature matches: id, time and body are as they were sent."));
        var age = now - DateTimeOffset.FromUnixTimeSeconds(seconds);
        findings.Add(age.Duration() <= Tolerance
            ? Good("It is fresh.")
            : Bad($"It is {Math.Abs((long)age.TotalSeconds)} s {(age > TimeSpan.Zero ? "old" : "in the future")}; a receiver takes 300 s. It was replayed, or a clock is wrong."));
        return findings;
    }

    /// <summary>The mistake that would explain it, of those that are made most.</summary>
    private static string Cause(string secret, string body, string[] given, Func<byte[], string, string> sign)
    {
        var key = KeyOf(secret)!;
        (string Body, string Words)[] variants =
        [
            (body.TrimEnd(), "there is white space at the end of the body that was not sent"),
            (body + "\n", "the line end at the end of the body is missing"),
        ];
        foreach (var variant in variants)
        {
            if (given.Contains(sign(key, variant.Body)))
                return $"The signature matches a body that differs a little: {variant.Words}. Verify the raw bytes.";
        }

        if (given.Contains(sign(Encoding.UTF8.GetBytes(secret), body)))
            return "The signature was made with the text of the secret as key. After Standard Webhooks the key is what follows whsec_, decoded from base64.";
        return given.Any(signature => signature.StartsWith("v1,", StringComparison.Ordinal))
            ? "The signature does not match. Most often the body was parsed and written anew, or this is the secret of another webhook."
            : "webhook-signature holds no signature of version v1.";
    }

    private static byte[]? KeyOf(string secret)
    {
        secret = secret.Trim();
        if (!secret.StartsWith(SecretPrefix, StringComparison.Ordinal))
            return Encoding.UTF8.GetBytes(secret);
        var key = new byte[secret.Length];
        return Convert.TryFromBase64String(secret[SecretPrefix.Length..], key, out var length) ? key[..length] : null;
    }

    private static Dictionary<string, string> Parse(string lines)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in lines.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.IndexOf(':', StringComparison.Ordinal) is var colon and > 0)
                headers[line[..colon].Trim()] = line[(colon + 1)..].Trim();
        }

        return headers;
    }

    private static SignatureFinding Good(string text) => new(true, text);

    private static SignatureFinding Bad(string text) => new(false, text);
}
