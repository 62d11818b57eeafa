using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Hera.PgCore.Rpc;

namespace Hera.PgCore.Host.Http;

/// <summary>Finds the API key of a request: <c>Authorization: Bearer hera_…</c>, or where that header is absent, <c>X-API-Key</c> or <c>apikey</c>.</summary>
internal static partial class ApiKey
{
    private const string Start = "hera_";
    private const string Scheme = "Bearer ";

    private static readonly string[] Headers = ["X-API-Key", "apikey"];

    /// <summary>SHA-256 of the request's key, in hex; null where it has none.</summary>
    /// <exception cref="RpcException">401 for what begins like a key and cannot be one.</exception>
    public static string? HashOf(HttpRequest request)
    {
        if (Find(request) is not { } key)
            return null;
        if (!Form().IsMatch(key))
            throw new RpcException(401, "invalid_token", "The API key is not a whole one.", "Send the key as it was shown when it was made.");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(key)));
    }

    private static string? Find(HttpRequest request)
    {
        // Clients of Supabase always send apikey; the token beside it decides.
        if (request.Headers.Authorization is { Count: > 0 } authorization)
        {
            var text = authorization.ToString();
            return text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? Key(text[Scheme.Length..]) : null;
        }

        return Headers.Select(header => Key(request.Headers[header].ToString())).FirstOrDefault(key => key is not null);
    }

    private static string? Key(string text) => text.Trim() is var key && key.StartsWith(Start, StringComparison.Ordinal) ? key : null;

    [GeneratedRegex("^hera_[0-9a-f]{12}_[A-Za-z0-9_-]{43}$")]
    private static partial Regex Form();
}
