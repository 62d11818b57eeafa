using System.Collections.Concurrent;

namespace Hera.PgCore.Fakes.State;

/// <summary>The five providers by name, each with its app and its tokens.</summary>
internal sealed class Providers
{
    private readonly ConcurrentDictionary<string, Provider> _all = new(
        new Dictionary<string, Provider>
        {
            ["hubspot"] = new("hubspot-app", "hubspot-secret") { AccessSeconds = 1800, Refresh = true, Rotate = true },
            // Refresh tokens are for LinkedIn's approved partners: off until a test says otherwise.
            ["linkedin"] = new("linkedin-app", "linkedin-secret") { AccessSeconds = 5_184_000 },
            ["meta"] = new("meta-app", "meta-secret") { AccessSeconds = 7200, VerifyToken = "meta-verify" },
            ["whatsapp"] = new("whatsapp-app", "whatsapp-secret") { VerifyToken = "whatsapp-verify" },
            ["zapier"] = new("zapier-app", "zapier-token"),
        });

    public Provider this[string name] => _all.TryGetValue(name, out var provider) ? provider : throw new BadHttpRequestException($"no provider {name}");
}
