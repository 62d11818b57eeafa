using System.Text.Json.Nodes;

namespace Hera.PgCore.Fakes.Apis;

internal static class HubSpotApi
{
    public static void MapHubSpotApi(this IEndpointRouteBuilder app)
    {
        var crm = app.Guarded("hubspot", "/hubspot/crm/objects/{version}", Refused);
        crm.MapGet("contacts", () => Results.Json(new { results = Array.Empty<object>() }));
        crm.MapPost("contacts/batch/upsert", UpsertAsync);
        crm.MapPost("deals", async (HttpRequest request) => Results.Json(new { id = "9001", properties = await PropertiesAsync(request) }, statusCode: 201));
        crm.MapPatch("companies/{id}", async (string id, HttpRequest request) => Results.Json(new { id, properties = await PropertiesAsync(request) }));
        app.Guarded("hubspot", "/hubspot/submissions/v3/integration/secure/submit", Refused)
            .MapPost("{portal}/{form}", () => Results.Json(new { inlineMessage = "Thanks" }));
    }

    private static async Task<IResult> UpsertAsync(HttpRequest request)
    {
        var inputs = (await JsonNode.ParseAsync(request.Body))?["inputs"] as JsonArray;
        if (inputs is null or { Count: 0 })
            return Results.Json(new { status = "error", category = "VALIDATION_ERROR", message = "inputs must not be empty" }, statusCode: 400);
        var results = inputs.Select(input => new { id = IdOf((string?)input!["id"]), properties = input["properties"], @new = false });
        return Results.Json(new { status = "COMPLETE", results });
    }

    /// <summary>The same contact has the same id, whoever asks and however often.</summary>
    private static string IdOf(string? email) =>
        (email ?? "").Aggregate(17L, (sum, sign) => ((sum * 31) + sign) % 1_000_000_007).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<JsonNode?> PropertiesAsync(HttpRequest request) => (await JsonNode.ParseAsync(request.Body))?["properties"];

    private static IResult Refused(bool expired) => Results.Json(
        new
        {
            status = "error",
            message = expired ? "The OAuth token used to make this call expired" : "Authentication credentials not found",
            category = expired ? "EXPIRED_AUTHENTICATION" : "INVALID_AUTHENTICATION",
        },
        statusCode: 401);
}
