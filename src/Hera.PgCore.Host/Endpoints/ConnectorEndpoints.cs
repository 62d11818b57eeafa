using Hera.PgCore.Host.Http;

namespace Hera.PgCore.Host.Endpoints;

/// <summary>Connector definitions and installations.</summary>
internal static class ConnectorEndpoints
{
    public static void Map(RouteGroupBuilder connectors) =>
        connectors.MapPost("", (HttpContext http, Gateway gateway) => (Task)gateway.CallAsync(http, "hera_integration_connector_v1"));
}
