using Hera.PgCore.Host.Http;

namespace Hera.PgCore.Host.Endpoints;

/// <summary>The addresses under which the API answers; callers of the edge functions that came before keep theirs.</summary>
internal static class ApiRoutes
{
    /// <summary>Largest body of a request with one document, in bytes.</summary>
    public const int MaxBody = 1024 * 1024;

    /// <summary>Largest body of a batch, in bytes.</summary>
    public const int MaxBatchBody = 8 * MaxBody;

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
            EventEndpoints.Map(api.MapGroup("/integrations/events"));
            ConnectorEndpoints.Map(api.MapGroup("/integrations/connectors"));
            WebhookEndpoints.Map(api.MapGroup("/integrations/webhooks"));
            WebhookEndpoints.MapHistory(api.MapGroup("/integrations"));
            api.MapPost("/integrations/api-keys", (HttpContext http, Gateway gateway) => (Task)gateway.CallAsync(http, "hera_api_key_v1"));
        }

        foreach (var prefix in WorkerPrefixes)
            OutboxWorkerEndpoints.Map(routes.MapGroup(prefix));
        HealthEndpoints.MapProbes(routes);
    }
}
