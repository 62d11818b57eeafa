-- Stripe: payments. A definition like the others: it needs no code of its own.
select public.hera_integration_setup_connector_v1($json${
  "code": "stripe",
  "name": "Stripe",
  "description": "Payments, invoices and subscriptions",
  "smart_code": "HERA.INTEGRATION.CONNECTOR.STRIPE.v1",
  "status": "active",
  "version": 1,
  "category": "payments",
  "capabilities": ["inbound_events"],
  "notes": [
    "Give Stripe the address of the installation: events of one's own account do not name it. Those of a Connect application do, and come to the one address of all.",
    "Each endpoint has a secret of its own; while it is rolled, Stripe sends a signature by each.",
    "Stripe promises no order."
  ],
  "fields": [
    {"name": "signing_secret", "label": "Signing secret", "type": "string", "required": true, "secret": true,
      "description": "whsec_… of the endpoint in Stripe's dashboard"},
    {"name": "account_id", "label": "Account", "type": "string", "required": false, "secret": false,
      "description": "acct_… of a connected account, whose events come through a Connect application"}
  ],
  "auth": {"type": "webhook"},
  "inbound": {
    "max_bytes": 1048576,
    "ack": {"status": 200},
    "verify": [
      {"name": "v1", "type": "hmac", "hash": "sha256", "key": "signing_secret", "message": ["timestamp", "literal:.", "body"], "encoding": "hex",
        "signature": {"header": "Stripe-Signature", "pattern": "(?:^|,) *v1=([0-9a-f]{64})"},
        "timestamp": {"header": "Stripe-Signature", "pattern": "(?:^|,) *t=([0-9]{1,12})", "unit": "s", "tolerance_s": 300}}
    ],
    "verify_policy": "first_present",
    "account_ref": {"in": "item", "paths": ["$.account"]},
    "account_fields": ["account_id"],
    "on_unmatched": "dead_letter",
    "events": [
      {"type": "payment_succeeded", "smart_code": "HERA.STRIPE.EVENT.PAYMENT.SUCCEEDED.v1", "each": [{"as": "item", "path": "$ ? (@.type == \"payment_intent.succeeded\")"}],
        "key": ["$.id"], "occurred_at": "$.created"},
      {"type": "payment_failed", "smart_code": "HERA.STRIPE.EVENT.PAYMENT.FAILED.v1", "each": [{"as": "item", "path": "$ ? (@.type == \"payment_intent.payment_failed\")"}],
        "key": ["$.id"], "occurred_at": "$.created"},
      {"type": "checkout_completed", "smart_code": "HERA.STRIPE.EVENT.CHECKOUT.COMPLETED.v1", "each": [{"as": "item", "path": "$ ? (@.type == \"checkout.session.completed\")"}],
        "key": ["$.id"], "occurred_at": "$.created"},
      {"type": "charge_refunded", "smart_code": "HERA.STRIPE.EVENT.CHARGE.REFUNDED.v1", "each": [{"as": "item", "path": "$ ? (@.type == \"charge.refunded\")"}],
        "key": ["$.id"], "occurred_at": "$.created"},
      {"type": "dispute_opened", "smart_code": "HERA.STRIPE.EVENT.DISPUTE.OPENED.v1", "each": [{"as": "item", "path": "$ ? (@.type == \"charge.dispute.created\")"}],
        "key": ["$.id"], "occurred_at": "$.created"},
      {"type": "invoice_paid", "smart_code": "HERA.STRIPE.EVENT.INVOICE.PAID.v1", "each": [{"as": "item", "path": "$ ? (@.type == \"invoice.paid\")"}],
        "key": ["$.id"], "occurred_at": "$.created"},
      {"type": "invoice_payment_failed", "smart_code": "HERA.STRIPE.EVENT.INVOICE.PAYMENT.FAILED.v1", "each": [{"as": "item", "path": "$ ? (@.type == \"invoice.payment_failed\")"}],
        "key": ["$.id"], "occurred_at": "$.created"},
      {"type": "subscription_started", "smart_code": "HERA.STRIPE.EVENT.SUBSCRIPTION.STARTED.v1", "each": [{"as": "item", "path": "$ ? (@.type == \"customer.subscription.created\")"}],
        "key": ["$.id"], "occurred_at": "$.created"},
      {"type": "subscription_changed", "smart_code": "HERA.STRIPE.EVENT.SUBSCRIPTION.CHANGED.v1", "each": [{"as": "item", "path": "$ ? (@.type == \"customer.subscription.updated\")"}],
        "key": ["$.id"], "occurred_at": "$.created"},
      {"type": "subscription_ended", "smart_code": "HERA.STRIPE.EVENT.SUBSCRIPTION.ENDED.v1", "each": [{"as": "item", "path": "$ ? (@.type == \"customer.subscription.deleted\")"}],
        "key": ["$.id"], "occurred_at": "$.created"},
      {"type": "other_event", "smart_code": "HERA.STRIPE.EVENT.OTHER.EVENT.v1", "note": "Every other kind that the endpoint is subscribed to", "each": [
          {"as": "item", "path": "$ ? (@.object == \"event\" && !(@.type like_regex \"^(payment_intent\\\\.succeeded|payment_intent\\\\.payment_failed|checkout\\\\.session\\\\.completed|charge\\\\.refunded|charge\\\\.dispute\\\\.created|invoice\\\\.paid|invoice\\\\.payment_failed|customer\\\\.subscription\\\\.created|customer\\\\.subscription\\\\.updated|customer\\\\.subscription\\\\.deleted)$\"))"}],
        "key": ["$.id"], "occurred_at": "$.created"}
    ]
  },
  "samples": [
    {"name": "a payment of a connected account",
      "body": {"id":"evt_1Q2w3E","object":"event","account":"acct_1A","created":1767225600,"type":"payment_intent.succeeded","data":{"object":{"id":"pi_1","amount":1250,"currency":"eur"}}},
      "events": [{"type": "payment_succeeded", "key": "evt_1Q2w3E", "account_ref": "acct_1A", "occurred_at": "1767225600"}]},
    {"name": "a subscription that ends, of one's own account",
      "body": {"id": "evt_2", "object": "event", "created": 1767225601, "type": "customer.subscription.deleted", "data": {"object": {"id": "sub_1"}}},
      "events": [{"type": "subscription_ended", "key": "evt_2"}]},
    {"name": "a kind without a rule of its own",
      "body": {"id": "evt_3", "object": "event", "created": 1767225602, "type": "payout.paid", "data": {"object": {"id": "po_1"}}},
      "events": [{"type": "other_event", "key": "evt_3"}]}
  ],
  "test_vectors": [
    {"name": "time and body are signed", "verify": "v1", "secret": "whsec_stripe_test_0001", "valid": true,
      "headers": {"Stripe-Signature": "t=1767225600,v1=7d5051fa790fea311cfef726aa0229d7f5dd8a7f8f7961eea68d803d99e0d437"},
      "body": "{\"id\":\"evt_1Q2w3E\",\"object\":\"event\",\"account\":\"acct_1A\",\"created\":1767225600,\"type\":\"payment_intent.succeeded\",\"data\":{\"object\":{\"id\":\"pi_1\",\"amount\":1250,\"currency\":\"eur\"}}}",
      "signature": "t=1767225600,v1=7d5051fa790fea311cfef726aa0229d7f5dd8a7f8f7961eea68d803d99e0d437"},
    {"name": "while the secret is rolled one of two is enough", "verify": "v1", "secret": "whsec_stripe_test_0001", "valid": true,
      "headers": {"Stripe-Signature": "t=1767225600,v1=85f01e1b32023b49710335d680e57e9813711b89833f6be1aff1f54050aad8b6,v1=7d5051fa790fea311cfef726aa0229d7f5dd8a7f8f7961eea68d803d99e0d437,v0=6ffbb59b2300aae63f272406069a9788598b792a944a07aba816edb039989a39"},
      "body": "{\"id\":\"evt_1Q2w3E\",\"object\":\"event\",\"account\":\"acct_1A\",\"created\":1767225600,\"type\":\"payment_intent.succeeded\",\"data\":{\"object\":{\"id\":\"pi_1\",\"amount\":1250,\"currency\":\"eur\"}}}",
      "signature": "t=1767225600,v1=85f01e1b32023b49710335d680e57e9813711b89833f6be1aff1f54050aad8b6,v1=7d5051fa790fea311cfef726aa0229d7f5dd8a7f8f7961eea68d803d99e0d437,v0=6ffbb59b2300aae63f272406069a9788598b792a944a07aba816edb039989a39"},
    {"name": "another time", "verify": "v1", "secret": "whsec_stripe_test_0001", "valid": false,
      "headers": {"Stripe-Signature": "t=1767225601,v1=7d5051fa790fea311cfef726aa0229d7f5dd8a7f8f7961eea68d803d99e0d437"},
      "body": "{\"id\":\"evt_1Q2w3E\",\"object\":\"event\",\"account\":\"acct_1A\",\"created\":1767225600,\"type\":\"payment_intent.succeeded\",\"data\":{\"object\":{\"id\":\"pi_1\",\"amount\":1250,\"currency\":\"eur\"}}}",
      "signature": "t=1767225601,v1=7d5051fa790fea311cfef726aa0229d7f5dd8a7f8f7961eea68d803d99e0d437"},
    {"name": "the body alone is signed", "verify": "v1", "secret": "whsec_stripe_test_0001", "valid": false,
      "headers": {"Stripe-Signature": "t=1767225600,v1=6f92baa6af9ef4e7fbfe0c6fd64cde4cdb322467a777045ccee797e0d7666275"},
      "body": "{\"id\":\"evt_1Q2w3E\",\"object\":\"event\",\"account\":\"acct_1A\",\"created\":1767225600,\"type\":\"payment_intent.succeeded\",\"data\":{\"object\":{\"id\":\"pi_1\",\"amount\":1250,\"currency\":\"eur\"}}}",
      "signature": "t=1767225600,v1=6f92baa6af9ef4e7fbfe0c6fd64cde4cdb322467a777045ccee797e0d7666275"}
  ]
}$json$);
