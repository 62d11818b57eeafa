namespace Hera.PgCore.Host.Development;

/// <summary>What a development start prints: lines that work as they stand.</summary>
internal static class Introduction
{
    public static string Text(string origin, string databaseUrl, Demo demo, string token) => $$"""

        HERA Integration Runtime is running. Stop it with Ctrl-C; the data stays.

        Send an event of the demo organization:

          curl -X POST "{{origin}}/functions/v1/api-v2/integrations/events" \
            -H "Authorization: Bearer {{token}}" \
            -H "X-Organization-Id: {{demo.OrganizationId}}" \
            -H "Content-Type: application/json" \
            -d '{
              "event_source": "whatsapp-business-cloud",
              "event_type": "message_received",
              "connector_code": "whatsapp-business-cloud",
              "event_data": {"from": "+1234567890", "message": "Hello, I need help!", "timestamp": "2024-11-15T10:30:00Z"},
              "smart_code": "HERA.WHATSAPP.EVENT.MESSAGE.RECEIVED.v1"
            }'

        See where it arrived, signature checked:

          curl "{{origin}}{{DemoReceiver.Path}}"

        Have events sent to a receiver of your own (the answer shows the signing secret, once):

          curl -X POST "{{origin}}/functions/v1/api-v2/integrations/webhooks" \
            -H "Authorization: Bearer {{token}}" \
            -H "X-Organization-Id: {{demo.OrganizationId}}" \
            -H "Content-Type: application/json" \
            -d '{
              "operation": "CREATE",
              "webhook_config": {"url": "http://127.0.0.1:8080/hook", "topics": ["whatsapp-business-cloud.*"]}
            }'

        Look at it all, signed in with the token above:

          {{origin}}/settings/integrations

        Look into the database:

          psql {{databaseUrl}}

        """;
}
