using System.Security.Claims;
using System.Text.Json;
using Hera.PgCore.Host.Http;
using Hera.PgCore.Rpc;
using Microsoft.AspNetCore.Authentication;

namespace Hera.PgCore.Host.Pages.Session;

/// <summary>Who looks at a page and for which organization; one a request. What they may do, the database says.</summary>
internal sealed class PageSession(Gateway gateway, IdentityResolver identities)
{
    /// <summary>The authentication scheme of the pages: a cookie that holds the claims of the token that was signed in with.</summary>
    public const string Scheme = "hera-session";

    /// <summary>The claim that holds the organization chosen last.</summary>
    public const string OrganizationClaim = "org_id";

    private readonly Dictionary<Guid, Permissions> _permissions = [];

    public Identity Identity { get; private set; } = null!;

    /// <summary>The organization that the page is about.</summary>
    public Membership Organization { get; private set; } = null!;

    public CancellationToken Aborted { get; private set; }

    /// <summary>Where the request has a session whose user is known and a member of something.</summary>
    public async Task<bool> OpenAsync(HttpContext http)
    {
        Aborted = http.RequestAborted;
        var ticket = await http.AuthenticateAsync(Scheme);
        if (!ticket.Succeeded || ticket.Principal.FindFirst("sub")?.Value is not { } subject)
            return false;
        try
        {
            Identity = await identities.OfSubjectAsync(subject, Aborted);
        }
        catch (RpcException exception) when (exception.Error.Status == StatusCodes.Status401Unauthorized)
        {
            return false;
        }

        // A link may name its organization, so that it means the same to whoever follows it.
        var named = http.Request.Query["organization"].ToString() is { Length: > 0 } query ? query : ticket.Principal.FindFirst(OrganizationClaim)?.Value;
        var active = Identity.Memberships.Where(membership => membership.IsActive).ToList();
        var chosen = active.Find(membership => membership.OrganizationId.ToString() == named) ?? active.FirstOrDefault();
        Organization = chosen!;
        if (chosen is not null && ticket.Principal.FindFirst(OrganizationClaim)?.Value != chosen.OrganizationId.ToString())
            await SignInAsync(http, ticket.Principal.Claims, chosen.OrganizationId.ToString(), ticket.Properties.ExpiresUtc);
        return chosen is not null;
    }

    /// <summary>Begins a session, or changes its organization.</summary>
    /// <param name="http">The request whose answer carries the cookie.</param>
    /// <param name="claims">Those of a token that was verified.</param>
    /// <param name="organization">The organization to show, or null.</param>
    /// <param name="expiresAt">The end of the token, and so of the session.</param>
    public static Task SignInAsync(HttpContext http, IEnumerable<Claim> claims, string? organization, DateTimeOffset? expiresAt)
    {
        var kept = claims.Where(claim => claim.Type == "sub").Append(new Claim(OrganizationClaim, organization ?? ""));
        return http.SignInAsync(Scheme, new ClaimsPrincipal(new ClaimsIdentity(kept, Scheme)), new AuthenticationProperties { ExpiresUtc = expiresAt, IsPersistent = true });
    }

    /// <summary>Calls a function for the reader and the organization.</summary>
    /// <exception cref="RpcException">The function refused.</exception>
    public Task<JsonElement> CallAsync(string function, params (string Name, object? Value)[] arguments) =>
        CallForAsync(Organization.OrganizationId, function, arguments);

    /// <summary>Calls a function for the platform, as its admins do; others are refused by it.</summary>
    /// <exception cref="RpcException">The function refused.</exception>
    public Task<JsonElement> CallPlatformAsync(string function, params (string Name, object? Value)[] arguments) => CallForAsync(Guid.Empty, function, arguments);

    /// <summary>Is the reader shown the way to the Control Center? Whether it opens, the database says.</summary>
    public bool IsPlatformAdmin => Identity.Memberships.Any(
        membership => membership.IsActive && membership.OrganizationId == Guid.Empty && membership.Role == "platform_admin");

    /// <summary>May the reader do this here? Asked only to leave out what would be refused.</summary>
    public Task<bool> MayAsync(string function, string operation = "CALL") => MayInAsync(Organization.OrganizationId, function, operation);

    /// <summary>May the reader do this in an organization that need not be the one of the page?</summary>
    public async Task<bool> MayInAsync(Guid organization, string function, string operation)
    {
        if (!_permissions.TryGetValue(organization, out var permissions))
            _permissions[organization] = permissions = (await CallForAsync(organization, "hera_permissions_v1")).Deserialize<Permissions>(JsonSerializerOptions.Web)!;
        return permissions.Operations.TryGetValue(function, out var operations) && operations.Contains(operation);
    }

    /// <summary>Calls a function for an organization that need not be the one of the page; whether the reader may, the function says.</summary>
    /// <exception cref="RpcException">The function refused.</exception>
    public async Task<JsonElement> CallForAsync(Guid organization, string function, params (string Name, object? Value)[] arguments)
    {
        var answer = await gateway.CallAsync(
            new Caller(Identity.UserEntityId, organization), function, arguments.Select(argument => Argument(argument.Name, argument.Value)), Aborted);
        return JsonElement.Parse(answer);
    }

    private static RpcArgument Argument(string name, object? value) => value switch
    {
        null => RpcArgument.Text(name, null),
        string text => RpcArgument.Text(name, text),
        Guid id => RpcArgument.Uuid(name, id),
        int number => RpcArgument.Number(name, number),
        _ => RpcArgument.Json(name, JsonSerializer.SerializeToUtf8Bytes(value)),
    };

    private sealed record Permissions(string Role, Dictionary<string, HashSet<string>> Operations);
}
