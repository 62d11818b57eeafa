using Hera.PgCore.Fakes.State;
using Microsoft.AspNetCore.WebUtilities;

namespace Hera.PgCore.Fakes.OAuth;

/// <summary>The page on which somebody agrees: here they do so at once, or say no where a test has asked for it.</summary>
internal static class AuthorizePage
{
    public static IResult Answer(Provider provider, HttpRequest request)
    {
        var query = request.Query;
        if (query["client_id"] != provider.ClientId)
            return Results.BadRequest("unknown client_id");
        if (query["redirect_uri"] is not [{ Length: > 0 } redirectUri])
            return Results.BadRequest("redirect_uri is missing");
        var challenge = query["code_challenge"].FirstOrDefault();
        if (challenge is not null && query["code_challenge_method"] != "S256")
            return Results.BadRequest("code_challenge_method is not S256");
        var answer = new Dictionary<string, string?> { ["state"] = query["state"] };
        if (provider.Denied is { } reason)
            (answer["error"], answer["error_description"]) = (reason, "The user said no");
        else
            answer["code"] = provider.NewCode(redirectUri, query["scope"].ToString(), challenge);
        return Results.Redirect(QueryHelpers.AddQueryString(redirectUri, answer));
    }
}
