-- Zapier Webhooks: automation with thousands of business tools.
select public.hera_integration_setup_connector_v1($json${
  "code": "zapier-webhook",
  "name": "Zapier Webhooks",
  "description": "Automation with thousands of business tools",
  "smart_code": "HERA.INTEGRATION.CONNECTOR.ZAPIER_WEBHOOK.v1",
  "status": "active",
  "version": 1,
  "category": "automation",
  "capabilities": ["inbound_events", "outbound_actions"],
  "notes": [
    "Zapier signs nothing of its own: have the zap send the inbound token in the header X-Hera-Token, or an HMAC that a code step makes.",
    "Recommended body: {\"id\": \"evt_01\", \"event\": \"invoice.paid\", \"occurred_at\": \"2026-01-01T00:00:00Z\", \"data\": {}}.",
    "trigger_sent is ours: it is recorded when the action trigger_zap has succeeded."
  ],
  "fields": [
    {"name": "webhook_url", "label": "Webhook URL", "type": "url", "required": true, "secret": true,
      "description": "https://hooks.zapier.com/hooks/catch/… of the zap's trigger; whoever knows it can start the zap"},
    {"name": "auth_header", "label": "Authorization header", "type": "string", "required": false, "secret": true,
      "description": "Sent as Authorization to the webhook URL"},
    {"name": "inbound_token", "label": "Inbound token", "type": "string", "required": false, "secret": true, "made_if_absent": true,
      "description": "What the zap sends as X-Hera-Token; one is made where it is absent, and shown once"}
  ],
  "auth": {"type": "webhook", "headers": {"Authorization": "{{fields.auth_header}}"}},
  "inbound": {
    "max_bytes": 1048576,
    "ack": {"status": 200},
    "verify": [
      {"name": "token", "type": "shared_secret", "key": "inbound_token", "when": {"header": "X-Hera-Token"}, "signature": {"header": "X-Hera-Token"}},
      {"name": "hmac", "type": "hmac", "hash": "sha256", "key": "inbound_token", "message": ["timestamp", "literal:.", "body"], "encoding": "hex",
        "when": {"header": "X-Hera-Signature"}, "signature": {"header": "X-Hera-Signature", "pattern": "v1=([0-9a-f]{64})"},
        "timestamp": {"header": "X-Hera-Signature", "pattern": "t=([0-9]{1,12})", "unit": "s", "tolerance_s": 300}},
      {"name": "basic", "type": "basic", "key": "inbound_token", "when": {"header": "Authorization"}, "signature": {"header": "Authorization"}}
    ],
    "verify_policy": "first_present",
    "on_unmatched": "dead_letter",
    "events": [
      {"type": "webhook_received", "smart_code": "HERA.ZAPIER.EVENT.WEBHOOK.RECEIVED.v1", "each": [{"as": "item", "path": "$[*]"}],
        "key": ["$.id"], "key_fallback": ["header:Idempotency-Key", "body_sha256"], "occurred_at": "$.occurred_at"},
      {"type": "trigger_sent", "smart_code": "HERA.ZAPIER.EVENT.TRIGGER.SENT.v1", "origin": "call",
        "note": "Our own call of the zap has succeeded"},
      {"type": "workflow_triggered", "smart_code": "HERA.ZAPIER.EVENT.WORKFLOW.TRIGGERED.v1",
        "each": [{"as": "item", "path": "$[*] ? (exists (@.workflow))"}],
        "key": ["$.id"], "key_fallback": ["header:Idempotency-Key", "body_sha256"], "occurred_at": "$.occurred_at"}
    ]
  },
  "actions": [
    {"code": "trigger_zap", "method": "POST", "url": "{{fields.webhook_url}}",
      "body": {"id": "{{hera_id}}", "event": "{{input.event}}", "data": "{{input.data}}"},
      "input_schema": {"type": "object", "required": ["event"], "properties": {"event": {"type": "string"}, "data": {"type": "object", "default": {}}}},
      "success": {"status": ["2xx"]}, "result_map": {"request_id": "$.request_id"}, "idempotency": "none", "emits": "trigger_sent"}
  ],
  "errors": [
    {"when": {"status": [410]}, "class": "disable", "note": "The zap is switched off"},
    {"when": {"status": [404]}, "class": "permanent"},
    {"when": {"status": [408, 429, "5xx"]}, "class": "retry", "backoff": {"wait_s": 5, "factor": 2, "max_s": 3600}},
    {"when": {"status": ["4xx"]}, "class": "permanent"}
  ],
  "rate_limits": [
    {"scope": "user", "limit": 10000, "window_s": 300},
    {"scope": "hook", "limit": 30, "window_s": 1}
  ],
  "samples": [
    {"name": "the recommended body",
      "body": {"id": "evt_01", "event": "invoice.paid", "occurred_at": "2026-01-01T00:00:00Z", "data": {}},
      "events": [{"type": "webhook_received", "key": "evt_01", "occurred_at": "2026-01-01T00:00:00Z"}]},
    {"name": "a workflow",
      "body": [{"id": "evt_02", "workflow": "Onboarding"}],
      "events": [{"type": "webhook_received", "key": "evt_02"}, {"type": "workflow_triggered", "key": "evt_02"}]}
  ],
  "test_vectors": [
    {"name": "the token", "verify": "token", "secret": "zap-shared-secret-0001", "valid": true, "signature": "zap-shared-secret-0001"},
    {"name": "another token", "verify": "token", "secret": "zap-shared-secret-0001", "valid": false, "signature": "zap-shared-secret-0002"},
    {"name": "the HMAC of a code step", "verify": "hmac", "secret": "zap-shared-secret-0001", "valid": true,
      "headers": {"X-Hera-Signature": "t=1767225600,v1=39abb1e21cd7d8c5d208cb4626e30e348730f19f991cd4463514f45967f841cc"},
      "body": "{\"id\":\"evt_01\",\"event\":\"invoice.paid\",\"total\":12.5}",
      "signature": "t=1767225600,v1=39abb1e21cd7d8c5d208cb4626e30e348730f19f991cd4463514f45967f841cc"},
    {"name": "the HMAC at another time", "verify": "hmac", "secret": "zap-shared-secret-0001", "valid": false,
      "headers": {"X-Hera-Signature": "t=1767225601,v1=39abb1e21cd7d8c5d208cb4626e30e348730f19f991cd4463514f45967f841cc"},
      "body": "{\"id\":\"evt_01\",\"event\":\"invoice.paid\",\"total\":12.5}",
      "signature": "t=1767225601,v1=39abb1e21cd7d8c5d208cb4626e30e348730f19f991cd4463514f45967f841cc"}
  ]
}$json$);
