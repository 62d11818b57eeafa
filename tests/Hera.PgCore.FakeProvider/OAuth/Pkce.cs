using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace Hera.PgCore.Fakes.OAuth;

internal static class Pkce
{
    /// <summary>Whether the verifier is the one of the challenge; a code that was asked for without one needs none.</summary>
    public static bool Fits(string? challenge, string? verifier) =>
        challenge is null
            ? string.IsNullOrEmpty(verifier)
            : verifier is { Length: >= 43 and <= 128 } && WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))) == challenge;
}
