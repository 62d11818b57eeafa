-- HubSpot CRM API: customer relationship management.
select public.hera_integration_setup_connector_v1($json${
  "code": "hubspot-crm",
  "name": "HubSpot CRM API",
  "description": "Customer relationship management",
  "smart_code": "HERA.INTEGRATION.CONNECTOR.HUBSPOT_CRM.v1",
  "status": "active",
  "version": 1,
  "category": "crm",
  "capabilities": ["inbound_events", "outbound_actions", "oauth2"],
  "notes": [
    "HubSpot has no callback for form_submitted: it is derived from the change of a contact's recent_conversion_date.",
    "HubSpot promises neither order nor a unique eventId, and answers to 4xx with retries too.",
    "The signatures v1 and v2 are plain hashes and switched off; v3 is never replaced by them."
  ],
  "vars": {"api_url": "https://api.hubapi.com", "app_url": "https://app.hubspot.com", "forms_url": "https://api.hsforms.com",
    "oauth_version": "2026-03", "api_version": "2026-09"},
  "fields": [
    {"name": "client_id", "label": "Client ID", "type": "string", "required": true, "secret": false, "description": "Client ID of the HubSpot app"},
    {"name": "client_secret", "label": "Client secret", "type": "string", "required": true, "secret": true,
      "description": "Client secret of the HubSpot app; its callbacks are signed with it"},
    {"name": "portal_id", "label": "Portal ID", "type": "string", "required": false, "secret": false,
      "description": "HubSpot account whose events are for this installation"},
    {"name": "scopes", "label": "Scopes", "type": "string", "required": false, "secret": false,
      "description": "Asked for instead of the default ones; separated by spaces"}
  ],
  "auth": {
    "type": "oauth2",
    "headers": {"Authorization": "Bearer {{access_token}}"},
    "authorize": {"url": "{{vars.app_url}}/oauth/authorize", "params": {"client_id": "{{fields.client_id}}", "redirect_uri": "{{redirect_uri}}",
      "state": "{{state}}", "scope": "{{scopes}}", "optional_scope": "{{optional_scopes}}", "code_challenge": "{{code_challenge}}", "code_challenge_method": "S256"}},
    "token": {"url": "{{vars.api_url}}/oauth/{{vars.oauth_version}}/token", "method": "POST", "client_auth": "body", "body_format": "form"},
    "introspect": {"url": "{{vars.api_url}}/oauth/{{vars.oauth_version}}/token/introspect", "method": "POST"},
    "revoke": {"url": "{{vars.api_url}}/oauth/{{vars.oauth_version}}/token/revoke", "method": "POST", "params": {"token": "{{refresh_token}}"}},
    "scopes": {"separator": " ", "default": ["oauth", "crm.objects.contacts.read", "crm.objects.contacts.write", "crm.objects.companies.read",
      "crm.objects.companies.write", "crm.objects.deals.read", "crm.objects.deals.write"], "optional": ["automation", "forms"]},
    "pkce": true,
    "refresh": {"strategy": "refresh_token", "before_s": 300, "params": {"grant_type": "refresh_token", "refresh_token": "{{refresh_token}}"}},
    "response_map": {"access_token": "$.access_token", "expires_in": "$.expires_in", "refresh_token": "$.refresh_token", "portal_id": "$.hub_id"},
    "error_map": {"reauth": ["$ ? (@.error == \"invalid_grant\")", "$ ? (@.status == \"BAD_REFRESH_TOKEN\")"]}
  },
  "inbound": {
    "max_bytes": 1048576,
    "ack": {"status": 200},
    "verify": [
      {"name": "v3", "type": "hmac", "hash": "sha256", "key": "client_secret", "message": ["method", "uri:hubspot", "body", "timestamp"],
        "encoding": "base64", "when": {"header": "X-HubSpot-Signature-v3"}, "signature": {"header": "X-HubSpot-Signature-v3"},
        "timestamp": {"header": "X-HubSpot-Request-Timestamp", "unit": "ms", "tolerance_s": 300}},
      {"name": "v2", "type": "hash", "hash": "sha256", "key": "client_secret", "message": ["secret", "method", "uri", "body"], "encoding": "hex",
        "enabled": false, "when": {"header": "X-HubSpot-Signature-Version", "equals": "v2"}, "signature": {"header": "X-HubSpot-Signature"}},
      {"name": "v1", "type": "hash", "hash": "sha256", "key": "client_secret", "message": ["secret", "body"], "encoding": "hex",
        "enabled": false, "when": {"header": "X-HubSpot-Signature-Version", "equals": "v1"}, "signature": {"header": "X-HubSpot-Signature"}}
    ],
    "verify_policy": "first_present",
    "account_ref": {"in": "item", "paths": ["$.portalId"]},
    "account_fields": ["portal_id"],
    "on_unmatched": "dead_letter",
    "events": [
      {"type": "contact_created", "smart_code": "HERA.HUBSPOT.EVENT.CONTACT.CREATED.v1", "each": [
          {"as": "item", "path": "$[*] ? (@.subscriptionType == \"contact.creation\" || @.eventType == \"contact.creation\" || (@.subscriptionType == \"object.creation\" && @.objectTypeId == \"0-1\"))"}],
        "key": ["$.portalId", "$.subscriptionType", "$.objectId", "$.propertyName", "$.occurredAt", "$.eventId"], "occurred_at": "$.occurredAt"},
      {"type": "deal_created", "smart_code": "HERA.HUBSPOT.EVENT.DEAL.CREATED.v1", "each": [
          {"as": "item", "path": "$[*] ? (@.subscriptionType == \"deal.creation\" || (@.subscriptionType == \"object.creation\" && @.objectTypeId == \"0-3\"))"}],
        "key": ["$.portalId", "$.subscriptionType", "$.objectId", "$.propertyName", "$.occurredAt", "$.eventId"], "occurred_at": "$.occurredAt"},
      {"type": "company_updated", "smart_code": "HERA.HUBSPOT.EVENT.COMPANY.UPDATED.v1", "each": [
          {"as": "item", "path": "$[*] ? (@.subscriptionType == \"company.propertyChange\" || (@.subscriptionType == \"object.propertyChange\" && @.objectTypeId == \"0-2\"))"}],
        "key": ["$.portalId", "$.subscriptionType", "$.objectId", "$.propertyName", "$.occurredAt", "$.eventId"], "occurred_at": "$.occurredAt"},
      {"type": "form_submitted", "smart_code": "HERA.HUBSPOT.EVENT.FORM.SUBMITTED.v1", "origin": "derived",
        "note": "HubSpot has no callback for it: derived from a contact's recent_conversion_date", "each": [
          {"as": "item", "path": "$[*] ? (@.subscriptionType == \"contact.propertyChange\" && @.propertyName == \"recent_conversion_date\")"}],
        "key": ["$.portalId", "$.objectId", "$.propertyName", "$.propertyValue"], "occurred_at": "$.occurredAt"}
    ]
  },
  "actions": [
    {"code": "upsert_contact", "method": "POST", "url": "{{vars.api_url}}/crm/objects/{{vars.api_version}}/contacts/batch/upsert",
      "body": {"inputs": [{"idProperty": "email", "id": "{{input.email}}", "properties": "{{input.properties}}", "objectWriteTraceId": "{{hera_id}}"}]},
      "input_schema": {"type": "object", "required": ["email"], "properties": {"email": {"type": "string"},
        "properties": {"type": "object", "default": {}}}},
      "success": {"status": [200, 201]}, "result_map": {"contact_id": "$.results[0].id"}, "idempotency": "natural"},
    {"code": "create_deal", "method": "POST", "url": "{{vars.api_url}}/crm/objects/{{vars.api_version}}/deals",
      "body": {"properties": "{{input.properties}}"},
      "input_schema": {"type": "object", "required": ["properties"], "properties": {"properties": {"type": "object"}}},
      "success": {"status": [201]}, "result_map": {"deal_id": "$.id"}, "idempotency": "none"},
    {"code": "update_company", "method": "PATCH", "url": "{{vars.api_url}}/crm/objects/{{vars.api_version}}/companies/{{input.company_id}}",
      "body": {"properties": "{{input.properties}}"},
      "input_schema": {"type": "object", "required": ["company_id", "properties"],
        "properties": {"company_id": {"type": "string"}, "properties": {"type": "object"}}},
      "success": {"status": [200]}, "result_map": {"company_id": "$.id"}, "idempotency": "natural"},
    {"code": "submit_form", "method": "POST",
      "url": "{{vars.forms_url}}/submissions/v3/integration/secure/submit/{{fields.portal_id}}/{{input.form_guid}}",
      "body": {"fields": "{{input.fields}}"},
      "input_schema": {"type": "object", "required": ["form_guid", "fields"],
        "properties": {"form_guid": {"type": "string"}, "fields": {"type": "array"}}},
      "success": {"status": [200]}, "idempotency": "none"}
  ],
  "errors": [
    {"when": {"status": [401]}, "class": "reauth", "note": "After one refresh that did not help"},
    {"when": {"status": [207]}, "class": "permanent", "note": "A batch that succeeded in part; the answer tells which"},
    {"when": {"status": [423]}, "class": "retry", "backoff": {"wait_s": 2, "factor": 2, "max_s": 60}},
    {"when": {"status": [429], "jsonpath": "$ ? (@.policyName == \"DAILY\")"}, "class": "retry", "backoff": {"until": "utc_midnight"}},
    {"when": {"status": [429]}, "class": "retry", "backoff": {"wait_s": 10, "factor": 2, "max_s": 600}},
    {"when": {"status": [408, 502, 503, 504, 521, 524, "5xx"]}, "class": "retry", "backoff": {"wait_s": 3, "factor": 2, "max_s": 600}},
    {"when": {"status": ["4xx"]}, "class": "permanent"}
  ],
  "rate_limits": [
    {"scope": "portal", "limit": 110, "window_s": 10, "headers": ["X-HubSpot-RateLimit-Remaining", "X-HubSpot-RateLimit-Interval-Milliseconds"],
      "usage": {"header": "X-HubSpot-RateLimit-Remaining", "at_most": 0, "wait_s": 10}}
  ],
  "health": {"request": {"method": "GET", "url": "{{vars.api_url}}/crm/objects/{{vars.api_version}}/contacts?limit=1"}, "expect": {"status": [200]}},
  "samples": [
    {"name": "a batch of four",
      "body": [
        {"eventId": 3816279340, "subscriptionId": 25, "portalId": 33, "appId": 1160452, "occurredAt": 1767225600000,
          "subscriptionType": "contact.creation", "attemptNumber": 0, "objectId": 1246965, "changeSource": "CRM_UI", "changeFlag": "NEW"},
        {"eventId": 100, "subscriptionId": 26, "portalId": 33, "appId": 1160452, "occurredAt": 1767225600100,
          "subscriptionType": "deal.creation", "attemptNumber": 0, "objectId": 77, "changeSource": "INTEGRATION", "changeFlag": "NEW"},
        {"eventId": 101, "subscriptionId": 27, "portalId": 33, "appId": 1160452, "occurredAt": 1767225600200,
          "subscriptionType": "company.propertyChange", "attemptNumber": 1, "objectId": 55, "changeSource": "CRM_UI", "propertyName": "name",
          "propertyValue": "Acme GmbH"},
        {"eventId": 102, "subscriptionId": 28, "portalId": 33, "appId": 1160452, "occurredAt": 1767225600300,
          "subscriptionType": "contact.propertyChange", "attemptNumber": 0, "objectId": 1246965, "changeSource": "FORM",
          "propertyName": "recent_conversion_date", "propertyValue": "1767225600250"}],
      "events": [
        {"type": "contact_created", "key": "33:contact.creation:1246965::1767225600000:3816279340", "account_ref": "33", "occurred_at": "1767225600000"},
        {"type": "deal_created", "key": "33:deal.creation:77::1767225600100:100", "account_ref": "33", "occurred_at": "1767225600100"},
        {"type": "company_updated", "key": "33:company.propertyChange:55:name:1767225600200:101", "account_ref": "33", "occurred_at": "1767225600200"},
        {"type": "form_submitted", "key": "33:1246965:recent_conversion_date:1767225600250", "account_ref": "33", "occurred_at": "1767225600300"}]},
    {"name": "a single object",
      "body": {"eventId": 7, "portalId": 33, "occurredAt": 1767225600000, "subscriptionType": "object.creation", "objectTypeId": "0-1", "objectId": 9},
      "events": [{"type": "contact_created", "key": "33:object.creation:9::1767225600000:7", "account_ref": "33"}]}
  ],
  "test_vectors": [
    {"name": "v1", "verify": "v1", "secret": "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy", "valid": true,
      "body": "[{\"eventId\":1,\"subscriptionId\":12345,\"portalId\":62515,\"occurredAt\":1564113600000,\"subscriptionType\":\"contact.creation\",\"attemptNumber\":0,\"objectId\":123,\"changeSource\":\"CRM\",\"changeFlag\":\"NEW\",\"appId\":54321}]",
      "signature": "232db2615f3d666fe21a8ec971ac7b5402d33b9a925784df3ca654d05f4817de"},
    {"name": "v2 without a body", "verify": "v2", "secret": "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy", "valid": true,
      "method": "GET", "uri": "https://www.example.com/webhook_uri",
      "signature": "eee2dddcc73c94d699f5e395f4b9d454a069a6855fbfa152e91e88823087200e"},
    {"name": "v2 with a body", "verify": "v2", "secret": "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy", "valid": true,
      "method": "POST", "uri": "https://www.example.com/webhook_uri", "body": "{\"example_field\":\"example_value\"}",
      "signature": "9569219f8ba981ffa6f6f16aa0f48637d35d728c7e4d93d0d52efaa512af7900"},
    {"name": "v3", "verify": "v3", "secret": "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy", "valid": true, "method": "POST",
      "uri": "https://www.example.com/webhook_uri", "headers": {"X-HubSpot-Request-Timestamp": "1767225600000"},
      "body": "{\"example_field\":\"example_value\"}",
      "signature": "TT+Iwr8k5CYrUppjgQTxIC1o4NzJ7hQNLx3D+XDGKAc="},
    {"name": "v3 with twelve codes decoded", "verify": "v3", "secret": "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy", "valid": true, "method": "POST",
      "uri": "https://hera.example.com/in/hubspot-crm/acme?email=a%40b.com&path=%2Fx%2Fy&q=a%20b%26c%3D1&raw=%253A",
      "headers": {"X-HubSpot-Request-Timestamp": "1767225600000"},
      "body": "[{\"eventId\":1,\"subscriptionId\":12345,\"portalId\":62515,\"occurredAt\":1564113600000,\"subscriptionType\":\"contact.creation\",\"attemptNumber\":0,\"objectId\":123,\"changeSource\":\"CRM\",\"changeFlag\":\"NEW\",\"appId\":54321}]",
      "signature": "OcBjyCEX9arIF27iKOTqL432aSCnEYjJPfuAsJ4m0Bg="},
    {"name": "v3 over the URI as it was sent", "verify": "v3", "secret": "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy", "valid": false, "method": "POST",
      "uri": "https://hera.example.com/in/hubspot-crm/acme?email=a%40b.com&path=%2Fx%2Fy&q=a%20b%26c%3D1&raw=%253A",
      "headers": {"X-HubSpot-Request-Timestamp": "1767225600000"},
      "body": "[{\"eventId\":1,\"subscriptionId\":12345,\"portalId\":62515,\"occurredAt\":1564113600000,\"subscriptionType\":\"contact.creation\",\"attemptNumber\":0,\"objectId\":123,\"changeSource\":\"CRM\",\"changeFlag\":\"NEW\",\"appId\":54321}]",
      "signature": "hrWc5pCQAubHkKjBvIS2/S9t9rsXiPxN10puSLmGxc4="},
    {"name": "v3 over the URI decoded in full", "verify": "v3", "secret": "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy", "valid": false, "method": "POST",
      "uri": "https://hera.example.com/in/hubspot-crm/acme?email=a%40b.com&path=%2Fx%2Fy&q=a%20b%26c%3D1&raw=%253A",
      "headers": {"X-HubSpot-Request-Timestamp": "1767225600000"},
      "body": "[{\"eventId\":1,\"subscriptionId\":12345,\"portalId\":62515,\"occurredAt\":1564113600000,\"subscriptionType\":\"contact.creation\",\"attemptNumber\":0,\"objectId\":123,\"changeSource\":\"CRM\",\"changeFlag\":\"NEW\",\"appId\":54321}]",
      "signature": "Pac2lWpZt5cdUjWbGuvYoLn1S6DGa3w5XT3LXkcwvys="}
  ]
}$json$);
