-- Zapier Webhooks: automation with thousands of business tools.
select hera_internal.set_tenant(hera_internal.platform_id());
select hera_internal.store_definition('00000000-0000-0000-0000-000000000001', 'zapier-webhook', 'Zapier Webhooks', 'Automation with thousands of business tools', $json${
  "status": "active",
  "version": 1,
  "category": "automation",
  "auth": {"type": "webhook"},
  "fields": [
    {"name": "webhook_url", "label": "Webhook URL", "type": "string", "required": true, "secret": true},
    {"name": "auth_header", "label": "Authorization header", "type": "string", "required": false, "secret": true},
    {"name": "inbound_token", "label": "Inbound token", "type": "string", "required": false, "secret": true}
  ],
  "inbound": {
    "events": [
      {"type": "webhook_received", "smart_code": "HERA.ZAPIER.EVENT.WEBHOOK.RECEIVED.v1"},
      {"type": "workflow_triggered", "smart_code": "HERA.ZAPIER.EVENT.WORKFLOW.TRIGGERED.v1"},
      {"type": "trigger_sent", "smart_code": "HERA.ZAPIER.EVENT.TRIGGER.SENT.v1"}
    ]
  }
}$json$);
