using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using Hera.PgCore.Rpc;
using Microsoft.Extensions.Caching.Hybrid;

namespace Hera.PgCore.Host.Http;

/// <summary>Who a token's subject or an API key is and where that actor belongs.</summary>
[ImmutableObject(true)]
internal sealed record Identity(
    [property: JsonPropertyName("user_entity_id")] Guid UserEntityId,
    [property: JsonPropertyName("memberships")] IReadOnlyList<Membership> Memberships);

/// <summary>One membership; only what choosing an organization needs.</summary>
internal sealed record Membership(
    [property: JsonPropertyName("organization_id")] Guid OrganizationId,
    [property: JsonPropertyName("is_active")] bool IsActive,
    [property: JsonPropertyName("organization_name")] string? OrganizationName,
    [property: JsonPropertyName("role")] string? Role);

/// <summary>
/// Resolves subjects and keys to actors. Answers are kept for five minutes at most, in memory and in Redis where there is one:
/// they only choose whom and which organization to name, every call is authorized anew by the database.
/// </summary>
internal sealed class IdentityResolver(HeraDatabase database, HybridCache cache)
{
    private static readonly HybridCacheEntryOptions Lifetime = new() { Expiration = TimeSpan.FromMinutes(5), LocalCacheExpiration = TimeSpan.FromMinutes(5) };

    private static readonly HybridCacheEntryOptions LookOnly = new()
    {
        Flags = HybridCacheEntryFlags.DisableUnderlyingData | HybridCacheEntryFlags.DisableLocalCacheWrite | HybridCacheEntryFlags.DisableDistributedCacheWrite,
    };

    /// <summary>The actor of a token.</summary>
    public ValueTask<Identity> OfSubjectAsync(string subject, CancellationToken cancellation) =>
        ResolveAsync("sub:" + subject, "hera_identity_resolve_v1", RpcArgument.Text("p_auth_uid", subject), cancellation);

    /// <summary>The actor of an API key, by its hash.</summary>
    public ValueTask<Identity> OfKeyAsync(string hash, CancellationToken cancellation) =>
        ResolveAsync("key:" + hash, "hera_api_key_resolve_v1", RpcArgument.Text("p_key_hash", hash), cancellation);

    /// <summary>Whether the actor of an API key is known without asking the database.</summary>
    public async ValueTask<bool> KnowsKeyAsync(string hash, CancellationToken cancellation) =>
        await cache.GetOrCreateAsync<Identity?>(
            CacheKey(IdentityChannel.NameOf("key:" + hash)), static _ => ValueTask.FromResult<Identity?>(null), LookOnly, cancellationToken: cancellation) is not null;

    /// <summary>Forgets one subject, as <see cref="IdentityChannel"/> names it, or all.</summary>
    public ValueTask ForgetAsync(string? name) => name is null ? cache.RemoveByTagAsync("*") : cache.RemoveAsync(CacheKey(name));

    private static string CacheKey(string name) => "identity:" + name;

    private ValueTask<Identity> ResolveAsync(string subject, string function, RpcArgument argument, CancellationToken cancellation) =>
        cache.GetOrCreateAsync(
            CacheKey(IdentityChannel.NameOf(subject)),
            (database, function, argument),
            static async (call, cancellation) =>
                JsonSerializer.Deserialize<Identity>(await call.database.CallAsync(call.function, [call.argument], cancellation))!,
            Lifetime,
            cancellationToken: cancellation);
}
