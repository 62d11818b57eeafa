using System.Security.Cryptography;
using System.Text;
using Hera.PgCore.Fakes.OAuth;
using Hera.PgCore.Fakes.State;

namespace Hera.PgCore.Fakes.Apis;

internal static class MetaApi
{
    private static int s_sent;

    public static void MapMetaApi(this IEndpointRouteBuilder app)
    {
        var graph = app.Guarded("meta", "/meta/{version}", Refused);
        graph.AddEndpointFilter(async (context, next) => ProofFits(context.HttpContext)
            ? await next(context)
            : GraphError.Answer(400, 100, "Invalid appsecret_proof provided in the API argument"));
        graph.MapGet("me", () => Results.Json(new { id = "1001", name = "Acme" }));
        graph.MapGet("me/accounts", (Providers providers) => Results.Json(new
        {
            data = new[] { new { id = "153125381133", name = "Acme", access_token = providers["meta"].Issue("page", seconds: int.MaxValue).Access } },
        }));
        graph.MapPost("{page}/messages", () => Results.Json(new { recipient_id = "7643396345770471", message_id = $"m_{Interlocked.Increment(ref s_sent)}" }));
        graph.MapPost("{page}/feed", (string page) => Results.Json(new { id = $"{page}_{Interlocked.Increment(ref s_sent)}" }));
        graph.MapPost("{page}/subscribed_apps", () => Results.Json(new { success = true }));
        graph.MapGet("{lead}", (string lead) => Results.Json(new
        {
            id = lead,
            created_time = "2026-01-01T00:00:00+0000",
            field_data = new[] { new { name = "email", values = new[] { "ada@example.com" } } },
        }));
    }

    /// <summary>Hex HMAC of the token by the app's secret, as apps that require the proof have it.</summary>
    private static bool ProofFits(HttpContext context)
    {
        var secret = context.RequestServices.GetRequiredService<Providers>()["meta"].ClientSecret;
        var token = Bearer.Of(context.Request) ?? context.Request.Query["access_token"].ToString();
        return context.Request.Query["appsecret_proof"] == Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(token)));
    }

    private static IResult Refused(bool expired) => expired
        ? GraphError.Answer(401, 190, "Error validating access token: Session has expired", 463)
        : GraphError.Answer(401, 190, "Invalid OAuth access token - Cannot parse access token");
}
