-- WhatsApp Business Cloud API: messaging and customer support.
select public.hera_integration_setup_connector_v1($json${
  "code": "whatsapp-business-cloud",
  "name": "WhatsApp Business Cloud API",
  "description": "Messaging and customer support",
  "smart_code": "HERA.INTEGRATION.CONNECTOR.WHATSAPP_BUSINESS_CLOUD.v1",
  "status": "active",
  "version": 1,
  "category": "messaging",
  "capabilities": ["inbound_events", "outbound_actions"],
  "notes": [
    "WhatsApp may leave message_delivered out when a message is read at once.",
    "Callbacks carry no timestamp in their signature: the idempotency key is what keeps a replayed one out."
  ],
  "vars": {"graph_url": "https://graph.facebook.com", "api_version": "v26.0"},
  "fields": [
    {"name": "access_token", "label": "Access token", "type": "string", "required": true, "secret": true,
      "description": "Token of a system user with whatsapp_business_messaging"},
    {"name": "phone_number_id", "label": "Phone number ID", "type": "string", "required": true, "secret": false,
      "description": "The number's ID in the WhatsApp manager, not the number itself"},
    {"name": "business_account_id", "label": "Business account ID", "type": "string", "required": true, "secret": false,
      "description": "ID of the WhatsApp Business Account"},
    {"name": "webhook_verify_token", "label": "Webhook verify token", "type": "string", "required": true, "secret": true,
      "description": "A text of your own; enter the same one in the app's webhook settings"},
    {"name": "app_secret", "label": "App secret", "type": "string", "required": true, "secret": true,
      "description": "Secret of the Meta app; its callbacks are signed with it"}
  ],
  "auth": {"type": "api_key", "headers": {"Authorization": "Bearer {{fields.access_token}}"}},
  "inbound": {
    "max_bytes": 3145728,
    "ack": {"status": 200},
    "handshake": [
      {"name": "subscribe",
        "when": {"method": "GET", "query": ["hub.mode", "hub.verify_token", "hub.challenge"]},
        "require": [{"query": "hub.mode", "equals": "subscribe"}, {"query": "hub.verify_token", "equals_secret": "webhook_verify_token"}],
        "respond": {"status": 200, "content_type": "text/plain", "template": "{{query.hub.challenge}}"},
        "otherwise": {"status": 403}}
    ],
    "verify": [
      {"name": "signature", "type": "hmac", "hash": "sha256", "key": "app_secret", "message": ["body"], "encoding": "hex",
        "signature": {"header": "X-Hub-Signature-256", "strip_prefix": "sha256="}}
    ],
    "verify_policy": "first_present",
    "account_ref": {"in": "value", "paths": ["$.metadata.phone_number_id"]},
    "account_fields": ["phone_number_id"],
    "on_unmatched": "dead_letter",
    "events": [
      {"type": "message_received", "smart_code": "HERA.WHATSAPP.EVENT.MESSAGE.RECEIVED.v1", "each": [
          {"as": "value", "path": "$.entry[*].changes[*] ? (@.field == \"messages\").value"},
          {"as": "item", "in": "value", "path": "$.messages[*]"}],
        "key": ["$.id"], "occurred_at": "$.timestamp"},
      {"type": "message_delivered", "smart_code": "HERA.WHATSAPP.EVENT.MESSAGE.DELIVERED.v1", "each": [
          {"as": "value", "path": "$.entry[*].changes[*] ? (@.field == \"messages\").value"},
          {"as": "item", "in": "value", "path": "$.statuses[*] ? (@.status == \"delivered\")"}],
        "key": ["$.id", "$.status", "$.recipient_id"], "occurred_at": "$.timestamp",
        "reconciles": {"id": "$.biz_opaque_callback_data", "result": {"message_id": "$.id"}}},
      {"type": "message_read", "smart_code": "HERA.WHATSAPP.EVENT.MESSAGE.READ.v1", "each": [
          {"as": "value", "path": "$.entry[*].changes[*] ? (@.field == \"messages\").value"},
          {"as": "item", "in": "value", "path": "$.statuses[*] ? (@.status == \"read\")"}],
        "key": ["$.id", "$.status", "$.recipient_id"], "occurred_at": "$.timestamp",
        "reconciles": {"id": "$.biz_opaque_callback_data", "result": {"message_id": "$.id"}}},
      {"type": "status_update", "smart_code": "HERA.WHATSAPP.EVENT.STATUS.UPDATE.v1", "note": "sent, failed and whatever else is to come",
        "each": [
          {"as": "value", "path": "$.entry[*].changes[*] ? (@.field == \"messages\").value"},
          {"as": "item", "in": "value", "path": "$.statuses[*] ? (!(@.status == \"delivered\" || @.status == \"read\"))"}],
        "key": ["$.id", "$.status", "$.recipient_id"], "occurred_at": "$.timestamp",
        "reconciles": {"id": "$.biz_opaque_callback_data", "failed": "$ ? (@.status == \"failed\")", "result": {"message_id": "$.id"}}}
    ]
  },
  "actions": [
    {"code": "send_text", "method": "POST", "url": "{{vars.graph_url}}/{{vars.api_version}}/{{fields.phone_number_id}}/messages",
      "body": {"messaging_product": "whatsapp", "to": "{{input.to}}", "type": "text", "text": {"body": "{{input.body}}"},
        "biz_opaque_callback_data": "{{hera_id}}"},
      "input_schema": {"type": "object", "required": ["to", "body"],
        "properties": {"to": {"type": "string"}, "body": {"type": "string", "maxLength": 4096}}},
      "success": {"status": [200]}, "result_map": {"message_id": "$.messages[0].id"}, "idempotency": "reconcile",
      "note": "Status callbacks echo biz_opaque_callback_data, which tells what became of a send without an answer"},
    {"code": "send_template", "method": "POST", "url": "{{vars.graph_url}}/{{vars.api_version}}/{{fields.phone_number_id}}/messages",
      "body": {"messaging_product": "whatsapp", "to": "{{input.to}}", "type": "template",
        "template": {"name": "{{input.name}}", "language": {"code": "{{input.language}}"}, "components": "{{input.components}}"},
        "biz_opaque_callback_data": "{{hera_id}}"},
      "input_schema": {"type": "object", "required": ["to", "name", "language"], "properties": {"to": {"type": "string"},
        "name": {"type": "string"}, "language": {"type": "string"}, "components": {"type": "array", "default": []}}},
      "success": {"status": [200]}, "result_map": {"message_id": "$.messages[0].id"}, "idempotency": "reconcile"},
    {"code": "mark_read", "method": "POST", "url": "{{vars.graph_url}}/{{vars.api_version}}/{{fields.phone_number_id}}/messages",
      "body": {"messaging_product": "whatsapp", "status": "read", "message_id": "{{input.message_id}}"},
      "input_schema": {"type": "object", "required": ["message_id"], "properties": {"message_id": {"type": "string"}}},
      "success": {"status": [200]}, "idempotency": "natural"}
  ],
  "errors": [
    {"when": {"jsonpath": "$.error ? (@.code == 190)"}, "class": "reauth"},
    {"when": {"jsonpath": "$.error ? (@.code == 1 || @.code == 2 || @.code == 4 || @.code == 17 || @.code == 32 || @.code == 341 || @.code == 613)"},
      "class": "retry", "backoff": {"wait_s": 4, "factor": 4, "max_s": 3600}},
    {"when": {"jsonpath": "$.error ? (@.code >= 80000 && @.code <= 80014)"}, "class": "retry", "backoff": {"wait_s": 4, "factor": 4, "max_s": 3600}},
    {"when": {"jsonpath": "$.error ? (@.code == 130429 || @.code == 131000 || @.code == 131016 || @.code == 131056 || @.code == 131057 || @.code == 133004)"},
      "class": "retry", "backoff": {"wait_s": 4, "factor": 4, "max_s": 3600}},
    {"when": {"jsonpath": "$.error ? (@.code == 10 || @.code == 100 || (@.code >= 200 && @.code <= 299) || @.code == 368)"}, "class": "permanent"},
    {"when": {"jsonpath": "$.error ? (@.code == 131008 || @.code == 131009 || @.code == 131026 || @.code == 131047 || @.code == 131051)"},
      "class": "permanent"},
    {"when": {"jsonpath": "$.error ? ((@.code >= 132000 && @.code <= 132999) || @.code == 133010)"}, "class": "permanent"},
    {"when": {"status": [408, 429, "5xx"]}, "class": "retry", "backoff": {"wait_s": 4, "factor": 4, "max_s": 3600}},
    {"when": {"status": ["4xx"]}, "class": "permanent"}
  ],
  "rate_limits": [
    {"scope": "phone_number", "limit": 80, "window_s": 1},
    {"scope": "recipient", "limit": 1, "window_s": 6, "key": "$.to"}
  ],
  "health": {"request": {"method": "GET", "url": "{{vars.graph_url}}/{{vars.api_version}}/{{fields.phone_number_id}}"}, "expect": {"status": [200]}},
  "samples": [
    {"name": "a message and three statuses",
      "body": {"object": "whatsapp_business_account", "entry": [{"id": "102290129340398", "changes": [
        {"field": "messages", "value": {"messaging_product": "whatsapp",
          "metadata": {"display_phone_number": "15550783881", "phone_number_id": "106540352242922"},
          "contacts": [{"profile": {"name": "Zoë"}, "wa_id": "16505551234"}],
          "messages": [{"from": "16505551234", "id": "wamid.A1", "timestamp": "1767225600", "type": "text", "text": {"body": "café?"}}]}},
        {"field": "messages", "value": {"messaging_product": "whatsapp",
          "metadata": {"display_phone_number": "15550783881", "phone_number_id": "106540352242922"},
          "statuses": [
            {"id": "wamid.B1", "status": "delivered", "timestamp": "1767225602", "recipient_id": "16505551234"},
            {"id": "wamid.B1", "status": "read", "timestamp": "1767225605", "recipient_id": "16505551234"},
            {"id": "wamid.B2", "status": "failed", "timestamp": "1767225606", "recipient_id": "16505551234",
              "errors": [{"code": 131026, "title": "Message undeliverable"}]}]}}]}]},
      "events": [
        {"type": "message_received", "key": "wamid.A1", "account_ref": "106540352242922", "occurred_at": "1767225600"},
        {"type": "message_delivered", "key": "wamid.B1:delivered:16505551234", "account_ref": "106540352242922", "occurred_at": "1767225602"},
        {"type": "message_read", "key": "wamid.B1:read:16505551234", "account_ref": "106540352242922", "occurred_at": "1767225605"},
        {"type": "status_update", "key": "wamid.B2:failed:16505551234", "account_ref": "106540352242922", "occurred_at": "1767225606"}]}
  ],
  "test_vectors": [
    {"name": "signed over the raw body", "verify": "signature", "secret": "meta-app-secret-0001", "valid": true,
      "body": "{\"object\":\"page\",\"entry\":[{\"id\":\"1\",\"time\":1767225600,\"changes\":[{\"field\":\"leadgen\",\"value\":{\"leadgen_id\":\"444\",\"page_id\":\"1\",\"note\":\"caf\\u00e9 1\\/2\"}}]}]}",
      "signature": "sha256=51ff02353a9429c2cae9a2bc457eb064343efd50f16f6c84157ce09b64b7482f"},
    {"name": "signed over re-serialised JSON", "verify": "signature", "secret": "meta-app-secret-0001", "valid": false,
      "body": "{\"object\":\"page\",\"entry\":[{\"id\":\"1\",\"time\":1767225600,\"changes\":[{\"field\":\"leadgen\",\"value\":{\"leadgen_id\":\"444\",\"page_id\":\"1\",\"note\":\"caf\\u00e9 1\\/2\"}}]}]}",
      "signature": "sha256=ec06ba568f53e82e7991630da51d81e17615e7025fd368d36f26f7d3e68206d8"}
  ]
}$json$);
