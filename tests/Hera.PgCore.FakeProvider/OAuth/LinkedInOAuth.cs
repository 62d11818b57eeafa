using Hera.PgCore.Fakes.State;

namespace Hera.PgCore.Fakes.OAuth;

/// <summary>LinkedIn: 60 days, and a refresh token with a fixed end for approved partners only.</summary>
internal static class LinkedInOAuth
{
    private const int RefreshSeconds = 31_536_000;

    public static void MapLinkedInOAuth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/linkedin/oauth/v2/authorization", (HttpRequest request, Providers providers) => AuthorizePage.Answer(providers["linkedin"], request));
        app.MapPost("/linkedin/oauth/v2/accessToken", TokenAsync);
    }

    private static async Task<IResult> TokenAsync(HttpRequest request, Providers providers)
    {
        var linkedin = providers["linkedin"];
        var form = await request.ReadFormAsync();
        if (form["client_id"] != linkedin.ClientId || form["client_secret"] != linkedin.ClientSecret)
            return Refused(401, "invalid_client", "Client authentication failed");
        Token? token = null;
        if (form["grant_type"] == "authorization_code")
        {
            if (linkedin.TakeCode(form["code"].ToString()) is not { } code || code.RedirectUri != form["redirect_uri"])
                return Refused(400, "invalid_grant", "Unable to retrieve access token: authorization code not found");
            token = linkedin.Issue(code.Scope);
        }
        else if (form["grant_type"] == "refresh_token")
        {
            token = linkedin.Renew(form["refresh_token"].ToString());
        }
        if (token is null)
            return Refused(400, "invalid_grant", "The provided authorization grant or refresh token is invalid, expired or revoked");
        return token.Refresh is null
            ? Results.Json(new { access_token = token.Access, expires_in = token.Seconds, scope = token.Scope })
            : Results.Json(new
            {
                access_token = token.Access,
                expires_in = token.Seconds,
                scope = token.Scope,
                refresh_token = token.Refresh,
                refresh_token_expires_in = RefreshSeconds,
            });
    }

    private static IResult Refused(int status, string error, string message) =>
        Results.Json(new { error, error_description = message }, statusCode: status);
}
