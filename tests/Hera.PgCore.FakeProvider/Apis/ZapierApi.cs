namespace Hera.PgCore.Fakes.Apis;

internal static class ZapierApi
{
    public static void MapZapierApi(this IEndpointRouteBuilder app) =>
        app.MapPost("/zapier/hooks/catch/{user}/{hook}", () => Results.Json(new { status = "success", request_id = Guid.NewGuid(), attempt = Guid.NewGuid() }));
}
