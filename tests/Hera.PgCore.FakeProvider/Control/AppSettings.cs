using Hera.PgCore.Fakes.State;

namespace Hera.PgCore.Fakes.Control;

/// <summary>What of a provider's app is to change; what is left out stays. An empty <c>Denied</c> means that people agree again.</summary>
internal sealed record AppSettings(
    string? ClientId, string? ClientSecret, string? VerifyToken, int? AccessSeconds, bool? Refresh, bool? Rotate, string? Denied)
{
    public void Apply(Provider provider)
    {
        provider.ClientId = ClientId ?? provider.ClientId;
        provider.ClientSecret = ClientSecret ?? provider.ClientSecret;
        provider.VerifyToken = VerifyToken ?? provider.VerifyToken;
        provider.AccessSeconds = AccessSeconds ?? provider.AccessSeconds;
        provider.Refresh = Refresh ?? provider.Refresh;
        provider.Rotate = Rotate ?? provider.Rotate;
        provider.Denied = Denied is null ? provider.Denied : Denied.Length == 0 ? null : Denied;
    }
}
