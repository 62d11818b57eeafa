using System.Text;
using Hera.PgCore.Host.Options;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.Tokens;

namespace Hera.PgCore.Host.Http;

/// <summary>Which tokens count: algorithms, issuer and audience are pinned, so that no token chooses how it is verified.</summary>
internal static class TokenAuthentication
{
    /// <summary>What an authority may sign with: keys of its own, of which only the public half is known here.</summary>
    public static readonly IReadOnlyList<string> AuthorityAlgorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    public static void AddTokenAuthentication(this IServiceCollection services, TokenOptions tokens, bool isDevelopment) =>
        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer(bearer =>
        {
            bearer.MapInboundClaims = false;
            bearer.RequireHttpsMetadata = !isDevelopment;
            bearer.Authority = tokens.Authority?.ToString();
            bearer.TokenValidationParameters = new TokenValidationParameters
            {
                ValidAlgorithms = tokens.Authority is null ? [SecurityAlgorithms.HmacSha256] : AuthorityAlgorithms,
                IssuerSigningKey = tokens.Secret is { } secret ? new SymmetricSecurityKey(Encoding.UTF8.GetBytes(secret)) : null,
                ValidateIssuerSigningKey = true,
                RequireSignedTokens = true,
                ValidateIssuer = tokens.Issuer is not null,
                ValidIssuer = tokens.Issuer,
                ValidateAudience = tokens.Audience is not null,
                ValidAudience = tokens.Audience,
                ValidateLifetime = true,
                RequireExpirationTime = true,
                ClockSkew = TimeSpan.FromSeconds(30),
                NameClaimType = "sub",
            };
        });
}
