using Hera.PgCore.Fakes.State;

namespace Hera.PgCore.Fakes.OAuth;

/// <summary>HubSpot: client in the form body only, 30 minutes, a refresh token that each use may replace.</summary>
internal static class HubSpotOAuth
{
    public static void MapHubSpotOAuth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/hubspot/oauth/authorize", (HttpRequest request, Providers providers) => AuthorizePage.Answer(providers["hubspot"], request));
        app.MapPost("/hubspot/oauth/{version}/token", TokenAsync);
        app.MapPost("/hubspot/oauth/{version}/token/introspect", IntrospectAsync);
        app.MapPost("/hubspot/oauth/{version}/token/revoke", RevokeAsync);
    }

    private static async Task<IResult> TokenAsync(HttpRequest request, Providers providers)
    {
        var hubspot = providers["hubspot"];
        var form = await request.ReadFormAsync();
        if (!IsClient(hubspot, form))
            return Refused("invalid_client", "BAD_CLIENT_ID", "missing or unknown client id or secret");
        Token? token = null;
        if (form["grant_type"] == "authorization_code")
        {
            if (hubspot.TakeCode(form["code"].ToString()) is not { } code || code.RedirectUri != form["redirect_uri"])
                return Refused("invalid_grant", "BAD_AUTH_CODE", "missing or unknown auth code");
            if (!Pkce.Fits(code.Challenge, form["code_verifier"].FirstOrDefault()))
                return Refused("invalid_grant", "BAD_CODE_VERIFIER", "code_verifier does not fit");
            token = hubspot.Issue(code.Scope);
        }
        else if (form["grant_type"] == "refresh_token")
        {
            token = hubspot.Renew(form["refresh_token"].ToString());
            if (token is null)
                return Refused("invalid_grant", "BAD_REFRESH_TOKEN", "missing or invalid refresh token");
        }
        return token is null
            ? Refused("unsupported_grant_type", "BAD_GRANT_TYPE", "unknown grant type")
            : Results.Json(new { access_token = token.Access, refresh_token = token.Refresh, expires_in = token.Seconds, token_type = "bearer", hub_id = 33 });
    }

    private static async Task<IResult> IntrospectAsync(HttpRequest request, Providers providers)
    {
        var hubspot = providers["hubspot"];
        var form = await request.ReadFormAsync();
        if (!IsClient(hubspot, form))
            return Refused("invalid_client", "BAD_CLIENT_ID", "missing or unknown client id or secret");
        var access = hubspot.Alive(form["token"].ToString(), out _);
        return Results.Json(new { active = access is not null || hubspot.OfRefresh(form["token"].ToString()) is not null, hub_id = 33 });
    }

    private static async Task<IResult> RevokeAsync(HttpRequest request, Providers providers)
    {
        var hubspot = providers["hubspot"];
        var form = await request.ReadFormAsync();
        if (!IsClient(hubspot, form))
            return Refused("invalid_client", "BAD_CLIENT_ID", "missing or unknown client id or secret");
        // RFC 7009: a token that is unknown is revoked all the same.
        hubspot.Revoke(form["token"].ToString());
        return Results.Ok();
    }

    private static bool IsClient(Provider hubspot, IFormCollection form) =>
        form["client_id"] == hubspot.ClientId && form["client_secret"] == hubspot.ClientSecret;

    private static IResult Refused(string error, string status, string message) =>
        Results.Json(new { error, error_description = message, status, message }, statusCode: 400);
}
