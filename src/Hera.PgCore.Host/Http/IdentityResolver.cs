using System.Text.Json;
using System.Text.Json.Serialization;
using Hera.PgCore.Rpc;
using Microsoft.Extensions.Caching.Memory;

namespace Hera.PgCore.Host.Http;

/// <summary>Who a token's subject is and where that person belongs.</summary>
internal sealed record Identity(
    [property: JsonPropertyName("user_entity_id")] Guid UserEntityId,
    [property: JsonPropertyName("memberships")] IReadOnlyList<Membership> Memberships);

/// <summary>One membership; only what choosing an organization needs.</summary>
internal sealed record Membership(
    [property: JsonPropertyName("organization_id")] Guid OrganizationId,
    [property: JsonPropertyName("is_active")] bool IsActive);

/// <summary>
/// Resolves subjects to actors. Answers are kept for a minute: they only choose whom and which organization to name, every
/// call is authorized anew by the database.
/// </summary>
internal sealed class IdentityResolver(HeraDatabase database) : IDisposable
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    private readonly MemoryCache _cache = new(new MemoryCacheOptions { SizeLimit = 20_000 });

    public async ValueTask<Identity> ResolveAsync(string subject, CancellationToken cancellation)
    {
        if (_cache.TryGetValue(subject, out Identity? known))
            return known!;
        var answer = await database.CallAsync("hera_identity_resolve_v1", [RpcArgument.Text("p_auth_uid", subject)], cancellation);
        var identity = JsonSerializer.Deserialize<Identity>(answer)!;
        return _cache.Set(subject, identity, new MemoryCacheEntryOptions { AbsoluteExpirationRelativeToNow = Lifetime, Size = 1 });
    }

    public void Dispose() => _cache.Dispose();
}
