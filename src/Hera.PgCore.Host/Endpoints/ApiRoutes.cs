using Hera.PgCore.Host.Http;
using Hera.PgCore.Host.OpenApi;

namespace Hera.PgCore.Host.Endpoints;

/// <summary>The addresses under which the API answers; callers of the edge functions that came before keep theirs.</summary>
internal static class ApiRoutes
{
    /// <summary>Largest body of a request with one document, in bytes.</summary>
    public const int MaxBody = 1024 * 1024;

    /// <summary>Largest body of a batch, in bytes.</summary>
    public const int MaxBatchBody = 8 * MaxBody;

    /// <summary>Largest body of a provider's callback, in bytes; a definition may take less.</summary>
    public const int MaxInboundBody = 4 * MaxBody;

    private static readonly string[] Prefixes = ["/api/v2", "/functions/v1/api-v2", "/functions/v1/api-v2/api/v2"];

    private static readonly string[] WorkerPrefixes = ["/outbox-worker", "/functions/v1/outbox-worker"];

    public static void MapApi(this IEndpointRouteBuilder routes, bool servesApi)
    {
        foreach (var prefix in Prefixes)
        {
            var api = routes.MapGroup(prefix);
            HealthEndpoints.MapGateway(api);
            if (!servesApi)
                continue;
            foreach (var route in ApiRouteTable.All)
                Map(api, route);
            InboundEndpoints.Map(api);
            OAuthEndpoints.Map(api);
        }

        if (servesApi)
            RestEndpoints.Map(routes);
        OpenApiEndpoints.Map(routes);
        foreach (var prefix in WorkerPrefixes)
            OutboxWorkerEndpoints.Map(routes.MapGroup(prefix));
        HealthEndpoints.MapProbes(routes);
    }

    private static void Map(RouteGroupBuilder api, ApiRoute route) =>
        api.MapMethods(route.Path, [route.Method], (HttpContext http, Gateway gateway) => gateway.CallAsync(http, route)).WithMetadata(route);
}
