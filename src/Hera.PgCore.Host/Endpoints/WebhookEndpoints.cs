using Hera.PgCore.Host.Http;
using Hera.PgCore.Host.Outbox;

namespace Hera.PgCore.Host.Endpoints;

/// <summary>Webhooks: configuration, and the history of what was delivered.</summary>
internal static class WebhookEndpoints
{
    public static void Map(RouteGroupBuilder webhooks)
    {
        webhooks.MapPost("", ConfigureAsync);
        MapHistory(webhooks);
    }

    /// <summary>The history answers below <c>integrations</c> as well as below <c>integrations/webhooks</c>.</summary>
    public static void MapHistory(RouteGroupBuilder group)
    {
        group.MapPost("/logs", (HttpContext http, Gateway gateway) => gateway.CallWithDocumentAsync(http, "hera_webhook_logs_v1", "filter"));
        group.MapPost("/deliveries", (HttpContext http, Gateway gateway) => gateway.CallWithDocumentAsync(http, "hera_webhook_deliveries_v1", "filter"));
        group.MapPost("/dead-letters", (HttpContext http, Gateway gateway) => gateway.CallWithDocumentAsync(http, "hera_webhook_dead_letters_v1", "filter"));
        group.MapPost("/replays", ReplayAsync);
    }

    private static async Task ConfigureAsync(HttpContext http, Gateway gateway, OutboxWakeup wakeup)
    {
        await gateway.CallAsync(http, "hera_webhook_config_v1");
        // A test or an enabling may have made deliveries due.
        wakeup.DeliveriesAreDue();
    }

    private static async Task ReplayAsync(HttpContext http, Gateway gateway, OutboxWakeup wakeup)
    {
        await gateway.CallWithDocumentAsync(http, "hera_webhook_replay_v1", "replay");
        wakeup.DeliveriesAreDue();
    }
}
