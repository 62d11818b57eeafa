-- Generic webhook: any sender that signs its body with a secret, or sends one along. A definition like the others: it needs no code of its own.
select public.hera_integration_setup_connector_v1($json${
  "code": "generic-webhook",
  "name": "Generic webhook",
  "description": "Callbacks of any system that can sign them or send a token",
  "smart_code": "HERA.INTEGRATION.CONNECTOR.GENERIC_WEBHOOK.v1",
  "status": "active",
  "version": 1,
  "category": "automation",
  "capabilities": ["inbound_events"],
  "notes": [
    "Give the sender the address of the installation.",
    "A sender that signs: give signing_secret, and how it writes the signature where that is not X-Signature-256: sha256=<hex>. Standard Webhooks needs no more than the secret.",
    "A sender that can't sign: give token, and have it sent in the header X-Webhook-Token or the one of token_header.",
    "Recommended body: {\"id\": \"evt_01\", \"event\": \"order.paid\", \"occurred_at\": \"2026-01-01T00:00:00Z\", \"data\": {}}; a list of such is as many events."
  ],
  "fields": [
    {"name": "signing_secret", "label": "Signing secret", "type": "string", "required": false, "secret": true,
      "description": "Key of the HMAC-SHA256 over the body"},
    {"name": "signature_header", "label": "Signature header", "type": "string", "required": false, "secret": false, "default": "X-Signature-256",
      "description": "Header that the signature is in"},
    {"name": "signature_prefix", "label": "Signature prefix", "type": "string", "required": false, "secret": false, "default": "sha256=",
      "description": "What stands before the signature in its header"},
    {"name": "signature_encoding", "label": "Signature encoding", "type": "string", "required": false, "secret": false, "default": "hex",
      "choices": ["hex", "base64"], "description": "How the signature is written"},
    {"name": "token", "label": "Token", "type": "string", "required": false, "secret": true, "made_if_absent": true,
      "description": "What a sender that can't sign sends along; one is made where it is absent, and shown once"},
    {"name": "token_header", "label": "Token header", "type": "string", "required": false, "secret": false, "default": "X-Webhook-Token",
      "description": "Header that the token is in"}
  ],
  "auth": {"type": "webhook"},
  "inbound": {
    "max_bytes": 1048576,
    "ack": {"status": 200},
    "verify": [
      {"name": "signature", "type": "hmac", "hash": "sha256", "key": "signing_secret", "message": ["body"], "encoding": "hex",
        "encoding_field": "signature_encoding",
        "signature": {"header": "{{fields.signature_header}}", "strip_prefix": "{{fields.signature_prefix}}"}},
      {"name": "standard", "type": "standard_webhooks", "key": "signing_secret", "when": {"header": "webhook-id"},
        "signature": {"header": "webhook-signature"}},
      {"name": "token", "type": "shared_secret", "key": "token", "signature": {"header": "{{fields.token_header}}"}}
    ],
    "verify_policy": "first_present",
    "on_unmatched": "dead_letter",
    "events": [
      {"type": "webhook_received", "smart_code": "HERA.WEBHOOK.EVENT.RECEIVED.v1", "each": [{"as": "item", "path": "$[*]"}],
        "key": ["$.id"], "key_fallback": ["header:Idempotency-Key", "header:Webhook-Id", "body_sha256"], "occurred_at": "$.occurred_at"}
    ]
  },
  "samples": [
    {"name": "the recommended body",
      "body": {"id": "evt_01", "event": "order.paid", "occurred_at": "2026-01-01T00:00:00Z", "data": {}},
      "events": [{"type": "webhook_received", "key": "evt_01", "occurred_at": "2026-01-01T00:00:00Z"}]},
    {"name": "several at once, known by a header", "headers": {"Idempotency-Key": "call-7"},
      "body": [{"event": "a"}, {"event": "b"}],
      "events": [{"type": "webhook_received", "key": "call-7"}, {"type": "webhook_received", "key": "call-7:2"}]}
  ],
  "test_vectors": [
    {"name": "hex with a prefix", "verify": "signature", "secret": "generic-secret-0001", "valid": true,
      "fields": {"signature_header": "X-Signature-256", "signature_prefix": "sha256=", "signature_encoding": "hex"},
      "body": "{\"id\":\"evt_01\",\"event\":\"order.paid\",\"total\":12.5}", "signature": "sha256=6953e7840f7383ecfc1b4cf0f4dbd7b70dbbec4494bf4f09fe556e5332ae6a06"},
    {"name": "base64 in a header of one's own", "verify": "signature", "secret": "generic-secret-0001", "valid": true,
      "fields": {"signature_header": "X-Acme-Hmac", "signature_encoding": "base64"},
      "body": "{\"id\":\"evt_01\",\"event\":\"order.paid\",\"total\":12.5}", "signature": "aVPnhA9zg+z8G0zw9NvXtw277ESUv08J/lVuUzKuagY="},
    {"name": "hex where base64 is agreed", "verify": "signature", "secret": "generic-secret-0001", "valid": false,
      "fields": {"signature_header": "X-Acme-Hmac", "signature_encoding": "base64"},
      "body": "{\"id\":\"evt_01\",\"event\":\"order.paid\",\"total\":12.5}", "signature": "6953e7840f7383ecfc1b4cf0f4dbd7b70dbbec4494bf4f09fe556e5332ae6a06"},
    {"name": "Standard Webhooks", "verify": "standard", "secret": "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3", "valid": true,
      "headers": {"webhook-id": "msg_1", "webhook-timestamp": "1767225600"},
      "body": "{\"id\":\"evt_01\",\"event\":\"order.paid\",\"total\":12.5}", "signature": "v1,cefZFIa3KZLEKddMrx4WUJO9L9Pa/qr69UgVKJTN8+Y="},
    {"name": "Standard Webhooks under another id", "verify": "standard", "secret": "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3", "valid": false,
      "headers": {"webhook-id": "msg_2", "webhook-timestamp": "1767225600"},
      "body": "{\"id\":\"evt_01\",\"event\":\"order.paid\",\"total\":12.5}", "signature": "v1,cefZFIa3KZLEKddMrx4WUJO9L9Pa/qr69UgVKJTN8+Y="},
    {"name": "the token", "verify": "token", "secret": "generic-secret-0001", "valid": true, "fields": {"token_header": "X-Webhook-Token"}, "signature": "generic-secret-0001"},
    {"name": "another token", "verify": "token", "secret": "generic-secret-0001", "valid": false, "fields": {"token_header": "X-Webhook-Token"},
      "signature": "generic-secret-0002"}
  ]
}$json$);
