using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Hera.PgCore.Tests.Http;

/// <summary>Tokens, good and bad.</summary>
internal static class Tokens
{
    public static string For(string subject, Action<SecurityTokenDescriptor>? change = null, string secret = TestHost.JwtSecret)
    {
        var descriptor = new SecurityTokenDescriptor
        {
            Expires = DateTime.UtcNow.AddMinutes(10),
            NotBefore = DateTime.UtcNow.AddMinutes(-1),
            Claims = new Dictionary<string, object> { ["sub"] = subject },
            SigningCredentials = Key(secret),
        };
        change?.Invoke(descriptor);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(descriptor);
    }

    public static SigningCredentials Key(string secret, string algorithm = SecurityAlgorithms.HmacSha256) =>
        new(new SymmetricSecurityKey(Encoding.UTF8.GetBytes(secret)), algorithm);

    /// <summary>A token of free composition whose signature is whatever is given.</summary>
    public static string Raw(string header, string payload, string signature = "") =>
        $"{Base64UrlEncoder.Encode(header)}.{Base64UrlEncoder.Encode(payload)}.{signature}";
}
