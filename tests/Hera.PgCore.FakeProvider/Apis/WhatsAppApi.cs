using System.Text.Json.Nodes;
using Hera.PgCore.Fakes.OAuth;

namespace Hera.PgCore.Fakes.Apis;

internal static class WhatsAppApi
{
    private static int s_sent;

    public static void MapWhatsAppApi(this IEndpointRouteBuilder app)
    {
        var graph = app.Guarded("whatsapp", "/whatsapp/{version}", _ => GraphError.Answer(401, 190, "Invalid OAuth access token - Cannot parse access token"));
        graph.MapPost("{phone}/messages", MessageAsync);
        graph.MapGet("{phone}", (string phone) => Results.Json(new { id = phone, display_phone_number = "15550783881", quality_rating = "GREEN" }));
    }

    private static async Task<IResult> MessageAsync(HttpRequest request)
    {
        var message = await JsonNode.ParseAsync(request.Body);
        if ((string?)message?["messaging_product"] != "whatsapp")
            return GraphError.Answer(400, 100, "(#100) The parameter messaging_product is required.");
        if ((string?)message["status"] == "read")
            return Results.Json(new { success = true });
        if ((string?)message["to"] is not { Length: > 0 } to)
            return GraphError.Answer(400, 131008, "(#131008) Required parameter is missing");
        return Results.Json(new
        {
            messaging_product = "whatsapp",
            contacts = new[] { new { input = to, wa_id = to } },
            messages = new[] { new { id = $"wamid.F{Interlocked.Increment(ref s_sent)}" } },
        });
    }
}
