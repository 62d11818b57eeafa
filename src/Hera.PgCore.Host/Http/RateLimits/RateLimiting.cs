using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Hera.PgCore.Rpc;
using Microsoft.AspNetCore.RateLimiting;

namespace Hera.PgCore.Host.Http.RateLimits;

/// <summary>
/// Limits how often a principal may call within an organization, and an address where nobody is named. Nothing that a caller can
/// choose freely has a window of its own: an organization counts where the principal is a member of it.
/// </summary>
internal sealed class RateLimiting(IRateLimit limit, CallerResolver callers, IdentityResolver identities)
{
    /// <summary>The length of a window.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    public async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        if (http.GetEndpoint() is { } endpoint && endpoint.Metadata.GetMetadata<DisableRateLimitingAttribute>() is null)
        {
            var use = await limit.TakeAsync(await KeyAsync(http));
            Tell(http.Response.Headers, use);
            if (!use.IsAllowed)
            {
                throw new RpcException(new RpcError(429, "rate_limited", $"More than {use.Limit} requests within a minute.", "Wait for as long as Retry-After says.")
                {
                    RetryAfterSeconds = use.ResetSeconds,
                });
            }
        }

        await next(http);
    }

    private static void Tell(IHeaderDictionary headers, RateUse use)
    {
        headers["RateLimit-Limit"] = use.Limit.ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Remaining"] = use.Remaining.ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Reset"] = use.ResetSeconds.ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Policy"] = string.Create(CultureInfo.InvariantCulture, $"{use.Limit};w={Window.TotalSeconds:0}");
    }

    private async ValueTask<string> KeyAsync(HttpContext http)
    {
        var address = AddressOf(http.Connection.RemoteIpAddress);
        try
        {
            if (await IsGuessingAsync(http, address))
                return address;
            var identity = await callers.IdentifyAsync(http);
            return Organization(http, identity) is { } organization ? $"{organization:N}:{identity.UserEntityId:N}" : $"{identity.UserEntityId:N}";
        }
        catch (RpcException exception) when (exception.Error.Status == StatusCodes.Status401Unauthorized)
        {
            return address;
        }
    }

    /// <summary>A key that no host knows has to be looked up: not for an address that has sent too many that were none.</summary>
    private async ValueTask<bool> IsGuessingAsync(HttpContext http, string address) =>
        ApiKey.HashOf(http.Request) is { } hash
        && !await identities.KnowsKeyAsync(hash, http.RequestAborted)
        && !(await limit.TakeAsync(address, looksOnly: true)).IsAllowed;

    private static Guid? Organization(HttpContext http, Identity identity)
    {
        try
        {
            var named = CallerResolver.Organization(http, identity);
            return identity.Memberships.Any(membership => membership.IsActive && membership.OrganizationId == named) ? named : null;
        }
        catch (RpcException)
        {
            return null;
        }
    }

    /// <summary>Of IPv6 the network: a customer's line has a whole one.</summary>
    private static string AddressOf(IPAddress? address) => address switch
    {
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, 8)),
        null => "unknown",
        _ => address.ToString(),
    };
}
