using Hera.PgCore.Fakes.State;

namespace Hera.PgCore.Fakes.OAuth;

/// <summary>Meta: everything in the query of a GET; a short token, exchanged for one of 60 days while it is alive; never a refresh token.</summary>
internal static class MetaOAuth
{
    private const int LongSeconds = 5_183_944;

    public static void MapMetaOAuth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/meta/{version}/dialog/oauth", (HttpRequest request, Providers providers) => AuthorizePage.Answer(providers["meta"], request));
        app.MapGet("/meta/{version}/oauth/access_token", Token);
        app.MapDelete("/meta/{version}/me/permissions", Revoke);
    }

    private static IResult Token(HttpRequest request, Providers providers)
    {
        var meta = providers["meta"];
        var query = request.Query;
        if (query["client_id"] != meta.ClientId || query["client_secret"] != meta.ClientSecret)
            return GraphError.Answer(400, 101, "Error validating client secret.");
        if (query["grant_type"] == "fb_exchange_token")
        {
            var token = meta.Alive(query["fb_exchange_token"], out _);
            return token is null
                ? GraphError.Answer(400, 190, "Error validating access token: Session has expired", 463)
                : Answer(meta.Issue(token.Scope, seconds: LongSeconds));
        }
        return meta.TakeCode(query["code"].ToString()) is { } code && code.RedirectUri == query["redirect_uri"]
            ? Answer(meta.Issue(code.Scope))
            : GraphError.Answer(400, 100, "This authorization code has been used.", 36009);
    }

    private static IResult Revoke(HttpRequest request, Providers providers) =>
        providers["meta"].Revoke(request.Query["access_token"].ToString())
            ? Results.Json(new { success = true })
            : GraphError.Answer(400, 190, "Invalid OAuth access token.");

    private static IResult Answer(Token token) => Results.Json(new { access_token = token.Access, token_type = "bearer", expires_in = token.Seconds });
}
