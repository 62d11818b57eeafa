using System.Text.Json.Nodes;
using Hera.PgCore.Fakes.State;

namespace Hera.PgCore.Fakes.Apis;

internal static class LinkedInApi
{
    private static int s_posts;

    public static void MapLinkedInApi(this IEndpointRouteBuilder app)
    {
        app.Guarded("linkedin", "/linkedin/v2", Refused).MapGet("userinfo", () => Results.Json(new { sub = "li-user-1", name = "Acme" }));
        var rest = app.Guarded("linkedin", "/linkedin/rest", Refused);
        rest.AddEndpointFilter(async (context, next) => HasVersion(context.HttpContext.Request)
            ? await next(context)
            : Results.Json(new { status = 400, code = "VERSION_MISSING", message = "A version must be present" }, statusCode: 400));
        rest.MapGet("adCampaigns", Campaigns);
        rest.MapPost("posts", (HttpResponse response) =>
        {
            response.Headers["x-restli-id"] = $"urn:li:share:{7_000_000_000_000 + Interlocked.Increment(ref s_posts)}";
            return Results.StatusCode(201);
        });
        rest.MapGet("leadFormResponses/{id}", (string id) => Results.Json(new
        {
            id,
            formResponse = new { answers = new[] { new { questionId = 1, answerDetails = new { textQuestionAnswer = new { answer = "ada@example.com" } } } } },
        }));
        rest.MapPost("leadNotifications", async (HttpRequest request) =>
            Results.Json(new { id = 4711, webhook = (await JsonNode.ParseAsync(request.Body))?["webhook"] }, statusCode: 201));
    }

    private static IResult Campaigns(Campaigns campaigns, int start = 0, int count = 100)
    {
        var (page, total) = campaigns.Read(start, count);
        return Results.Json(new { elements = page, paging = new { start, count, total } });
    }

    private static bool HasVersion(HttpRequest request) =>
        request.Headers["Linkedin-Version"].ToString() is { Length: 6 } && request.Headers["X-Restli-Protocol-Version"] == "2.0.0";

    private static IResult Refused(bool expired) => Results.Json(
        new { status = 401, serviceErrorCode = expired ? 65601 : 65600, code = expired ? "EXPIRED_ACCESS_TOKEN" : "INVALID_ACCESS_TOKEN", message = "Invalid access token" },
        statusCode: 401);
}
