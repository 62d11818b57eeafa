using System.Text;
using Hera.PgCore.Host.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Hera.PgCore.Host.Development;

/// <summary>A token of the demo's user, good for a day.</summary>
internal static class DemoToken
{
    public static string Create(TokenOptions options, Demo demo) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = options.Issuer,
        Audience = options.Audience,
        Expires = DateTime.UtcNow.AddDays(1),
        Claims = new Dictionary<string, object> { ["sub"] = Demo.AuthUid, ["org_id"] = demo.OrganizationId.ToString() },
        SigningCredentials = new SigningCredentials(new SymmetricSecurityKey(Encoding.UTF8.GetBytes(options.Secret!)), SecurityAlgorithms.HmacSha256),
    });
}
