using Hera.PgCore.Rpc;
using Microsoft.AspNetCore.Authentication;

namespace Hera.PgCore.Host.Http;

/// <summary>For whom a request is made: the actor, and the organization it names. Whether that is permitted, the database decides.</summary>
internal readonly record struct Caller(Guid Actor, Guid Organization);

/// <summary>Finds the caller of a request: token or API key, then subject, then organization.</summary>
internal sealed class CallerResolver(IdentityResolver identities)
{
    private const string OrganizationHeader = "X-Organization-Id";

    private const int MaxSubject = 255;

    /// <summary>The actor, with the memberships that choose an organization where the request names none. Found once a request, however many ask.</summary>
    public Task<Identity> IdentifyAsync(HttpContext http)
    {
        if (http.Items.TryGetValue(typeof(Identity), out var known))
            return (Task<Identity>)known!;
        var identity = FindAsync(http);
        http.Items[typeof(Identity)] = identity;
        return identity;
    }

    /// <summary>The organization that the request names, else the first that the actor is an active member of.</summary>
    /// <exception cref="RpcException">400 where that is none.</exception>
    public static Guid Organization(HttpContext http, Identity identity)
    {
        var header = http.Request.Headers[OrganizationHeader];
        if (header.Count > 0)
            return Parse(header.ToString(), $"the header {OrganizationHeader}");
        if (http.User.FindFirst("org_id")?.Value is { } claim)
            return Parse(claim, "the token's claim org_id");
        return identity.Memberships.FirstOrDefault(membership => membership.IsActive)?.OrganizationId
            ?? throw new RpcException(
                400,
                "no_organization_context",
                "No organization is named and the caller is an active member of none.",
                $"Send the header {OrganizationHeader}.");
    }

    private async Task<Identity> FindAsync(HttpContext http)
    {
        if (ApiKey.HashOf(http.Request) is { } hash)
            return await identities.OfKeyAsync(hash, http.RequestAborted);

        var token = await http.AuthenticateAsync();
        if (!token.Succeeded)
        {
            throw new RpcException(
                401, "invalid_token", "The token is missing, expired or not valid here.", "Send the header Authorization: Bearer <token or API key>.");
        }

        http.User = token.Principal;
        var subject = http.User.FindFirst("sub")?.Value;
        if (string.IsNullOrEmpty(subject) || subject.Length > MaxSubject || subject.Contains('\0', StringComparison.Ordinal))
            throw new RpcException(401, "invalid_token", "The token names no subject.", "A token needs the claim sub.");
        return await identities.OfSubjectAsync(subject, http.RequestAborted);
    }

    private static Guid Parse(string text, string where) => Guid.TryParseExact(text.Trim(), "D", out var organization)
        ? organization
        : throw new RpcException(
            400, "no_organization_context", $"The value of {where} is not a uuid.", "Example: 00000000-0000-0000-0000-000000000000.");
}
