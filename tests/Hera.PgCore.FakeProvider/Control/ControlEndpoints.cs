using System.Text.Json.Nodes;
using Hera.PgCore.Fakes.State;

namespace Hera.PgCore.Fakes.Control;

/// <summary>What tests set and read.</summary>
internal static class ControlEndpoints
{
    public static void MapControl(this IEndpointRouteBuilder app)
    {
        var control = app.MapGroup("/control");
        control.MapGet("requests", (RequestLog log, string? provider, string? path) => Results.Json(log.Of(provider, path)));
        control.MapDelete("requests", (RequestLog log) => log.Clear());
        control.MapPost("failures", (Failures failures, Failure failure) => failures.Add(KnownErrors.Named(failure)));
        control.MapDelete("failures", (Failures failures) => failures.Clear());
        control.MapPost("apps/{provider}", (string provider, Providers providers, AppSettings settings) => settings.Apply(providers[provider]));
        control.MapPost("tokens/{provider}/expire", (string provider, Providers providers) => providers[provider].ExpireAccess());
        control.MapPost("tokens/{provider}/revoke", (string provider, Providers providers) => providers[provider].RevokeRefresh());
        control.MapPost("tokens/{provider}/{token}", (string provider, string token, Providers providers) => providers[provider].Accept(token));
        control.MapPut("campaigns", (Campaigns campaigns, JsonArray all) => campaigns.Set(all));
    }
}
