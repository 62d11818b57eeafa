-- LinkedIn Marketing API: lead generation and professional networking.
select public.hera_integration_setup_connector_v1($json${
  "code": "linkedin-api",
  "name": "LinkedIn Marketing API",
  "description": "Lead generation and professional networking",
  "smart_code": "HERA.INTEGRATION.CONNECTOR.LINKEDIN_API.v1",
  "status": "active",
  "version": 1,
  "category": "marketing",
  "capabilities": ["inbound_events", "polling", "outbound_actions", "oauth2"],
  "notes": [
    "LinkedIn has no public API for connection_made: post such events with hera_integration_event_in_v1 where another source knows them.",
    "LinkedIn has no callback for campaign_updated: it is polled.",
    "A lead with leadAction DELETED asks for erasure and is no lead_generated.",
    "API versions live for about a year; vars.api_version is the one in use, and a version that is over answers 426.",
    "Refresh tokens are for approved partners; without one the installation needs a new authorization after 60 days."
  ],
  "vars": {"api_url": "https://api.linkedin.com", "oauth_url": "https://www.linkedin.com", "api_version": "202607"},
  "fields": [
    {"name": "client_id", "label": "Client ID", "type": "string", "required": true, "secret": false, "description": "Client ID of the LinkedIn app"},
    {"name": "client_secret", "label": "Client secret", "type": "string", "required": true, "secret": true,
      "description": "Primary client secret of the LinkedIn app; its callbacks are signed with it"},
    {"name": "organization_urn", "label": "Organization URN", "type": "string", "required": false, "secret": false,
      "description": "urn:li:organization:… whose events are for this installation"},
    {"name": "sponsored_account_urn", "label": "Sponsored account URN", "type": "string", "required": false, "secret": false,
      "description": "urn:li:sponsoredAccount:… whose leads and campaigns are for this installation"},
    {"name": "scopes", "label": "Scopes", "type": "string", "required": false, "secret": false,
      "description": "Asked for instead of the default ones; separated by spaces"}
  ],
  "auth": {
    "type": "oauth2",
    "headers": {"Authorization": "Bearer {{access_token}}", "Linkedin-Version": "{{vars.api_version}}", "X-Restli-Protocol-Version": "2.0.0"},
    "authorize": {"url": "{{vars.oauth_url}}/oauth/v2/authorization", "params": {"response_type": "code", "client_id": "{{fields.client_id}}",
      "redirect_uri": "{{redirect_uri}}", "state": "{{state}}", "scope": "{{scopes}}"}},
    "token": {"url": "{{vars.oauth_url}}/oauth/v2/accessToken", "method": "POST", "client_auth": "body", "body_format": "form"},
    "scopes": {"separator": " ", "default": ["openid", "profile", "email", "w_member_social", "r_ads", "r_ads_reporting", "rw_organization_admin",
      "r_organization_social", "w_organization_social", "r_marketing_leadgen_automation"]},
    "pkce": false,
    "refresh": {"strategy": "refresh_token", "before_s": 604800, "params": {"grant_type": "refresh_token", "refresh_token": "{{refresh_token}}"}},
    "response_map": {"access_token": "$.access_token", "expires_in": "$.expires_in", "refresh_token": "$.refresh_token",
      "refresh_token_expires_in": "$.refresh_token_expires_in", "scope": "$.scope"},
    "error_map": {"reauth": ["$ ? (@.error == \"invalid_grant\")"]}
  },
  "inbound": {
    "max_bytes": 1048576,
    "ack": {"status": 200},
    "handshake": [
      {"name": "challenge",
        "when": {"method": "GET", "query": ["challengeCode"]},
        "require": [{"query": "challengeCode", "regex": "^[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$"}],
        "respond": {"status": 200, "content_type": "application/json",
          "template": "{\"challengeCode\": \"{{query.challengeCode}}\", \"challengeResponse\": \"{{hmac}}\"}",
          "hmac": {"key": "client_secret", "message": ["query:challengeCode"]}},
        "otherwise": {"status": 400}}
    ],
    "verify": [
      {"name": "signature", "type": "hmac", "hash": "sha256", "key": "client_secret", "message": ["literal:hmacsha256=", "body"], "encoding": "hex",
        "signature": {"header": "X-LI-Signature", "strip_prefix": "hmacsha256="}}
    ],
    "verify_policy": "first_present",
    "account_ref": {"in": "item", "paths": ["$.owner.*", "$.organizationalEntity"]},
    "account_fields": ["organization_urn", "sponsored_account_urn"],
    "on_unmatched": "dead_letter",
    "events": [
      {"type": "lead_generated", "smart_code": "HERA.LINKEDIN.EVENT.LEAD.GENERATED.v1", "each": [
          {"as": "item", "path": "$ ? (@.type == \"LEAD_ACTION\" && @.leadAction == \"CREATED\")"}],
        "key": ["$.leadGenFormResponse", "$.leadAction"], "occurred_at": "$.occurredAt",
        "enrich": {"action": "fetch_lead", "input": {"id": "$.leadGenFormResponse"}}},
      {"type": "connection_made", "smart_code": "HERA.LINKEDIN.EVENT.CONNECTION.MADE.v1", "origin": "none",
        "note": "LinkedIn has no public API for it"},
      {"type": "post_engagement", "smart_code": "HERA.LINKEDIN.EVENT.POST.ENGAGEMENT.v1", "each": [
          {"as": "item", "path": "$ ? (@.type == \"ORGANIZATION_SOCIAL_ACTION_NOTIFICATIONS\").notifications[*]"}],
        "key": ["$.notificationId"], "occurred_at": "$.lastModifiedAt"},
      {"type": "campaign_updated", "smart_code": "HERA.LINKEDIN.EVENT.CAMPAIGN.UPDATED.v1", "origin": "poll",
        "note": "LinkedIn has no callback for it; polls has its request", "each": [
          {"as": "item", "path": "$.elements[*] ? (exists (@.changeAuditStamps.lastModified.time))"}],
        "key": ["$.id", "$.changeAuditStamps.lastModified.time"], "occurred_at": "$.changeAuditStamps.lastModified.time"}
    ]
  },
  "polls": [
    {"code": "campaigns", "event": "campaign_updated", "cron": "*/15 * * * *", "needs": ["sponsored_account_urn"], "method": "GET", "url": "{{vars.api_url}}/rest/adCampaigns",
      "query": {"q": "search", "search": "(account:(values:List({{fields.sponsored_account_urn}})))", "sortOrder": "DESCENDING"},
      "cursor": "$.elements[*].changeAuditStamps.lastModified.time",
      "page": {"param": "start", "next": "($.paging ? (@.start + @.count < @.total).start) + $.paging.count", "stop_at_cursor": true}}
  ],
  "actions": [
    {"code": "create_post", "method": "POST", "url": "{{vars.api_url}}/rest/posts",
      "body": {"author": "{{fields.organization_urn}}", "commentary": "{{input.text|escape_linkedin}}", "visibility": "PUBLIC",
        "distribution": {"feedDistribution": "MAIN_FEED"}, "lifecycleState": "PUBLISHED"},
      "input_schema": {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "maxLength": 3000}}},
      "success": {"status": [201]}, "result_map": {"post_urn": "header:x-restli-id"}, "idempotency": "none",
      "note": "The signs | { } @ [ ] ( ) < > # * _ ~ and \\ of the text are escaped with \\, else LinkedIn cuts it silently"},
    {"code": "fetch_lead", "method": "GET", "url": "{{vars.api_url}}/rest/leadFormResponses/{{input.id|urn_id}}",
      "input_schema": {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}},
      "success": {"status": [200]}, "result_map": {"lead": "$"}, "idempotency": "natural"},
    {"code": "subscribe_leads", "method": "POST", "url": "{{vars.api_url}}/rest/leadNotifications",
      "body": {"webhook": "{{input.webhook}}", "owner": {"sponsoredAccount": "{{fields.sponsored_account_urn}}"}, "leadType": "SPONSORED"},
      "input_schema": {"type": "object", "required": ["webhook"], "properties": {"webhook": {"type": "string"}}},
      "success": {"status": [200, 201]}, "idempotency": "natural"}
  ],
  "errors": [
    {"when": {"status": [401]}, "class": "reauth", "note": "After one refresh that did not help"},
    {"when": {"status": [429]}, "class": "retry", "backoff": {"until": "utc_midnight"}, "note": "Limits are by day"},
    {"when": {"status": [426]}, "class": "permanent", "note": "The API version is over: change vars.api_version"},
    {"when": {"status": [403, 404, 422]}, "class": "permanent"},
    {"when": {"status": [408, "5xx"]}, "class": "retry", "backoff": {"wait_s": 5, "factor": 2, "max_s": 3600}},
    {"when": {"status": ["4xx"]}, "class": "permanent"}
  ],
  "rate_limits": [
    {"scope": "app", "limit": 1000, "window_s": 86400, "note": "LinkedIn publishes no limits, they start anew at midnight UTC: a ceiling of our own"}
  ],
  "health": {"request": {"method": "GET", "url": "{{vars.api_url}}/v2/userinfo"}, "expect": {"status": [200]}},
  "samples": [
    {"name": "a lead",
      "body": {"type": "LEAD_ACTION", "leadGenFormResponse": "urn:li:leadGenFormResponse:9a1c-7",
        "leadGenForm": "urn:li:versionedLeadGenForm:(urn:li:leadGenForm:3162,1)", "owner": {"sponsoredAccount": "urn:li:sponsoredAccount:520866471"},
        "leadType": "SPONSORED", "leadAction": "CREATED", "occurredAt": 1767225600000},
      "events": [{"type": "lead_generated", "key": "urn:li:leadGenFormResponse:9a1c-7:CREATED", "account_ref": "urn:li:sponsoredAccount:520866471",
        "occurred_at": "1767225600000"}]},
    {"name": "a deleted lead",
      "body": {"type": "LEAD_ACTION", "leadGenFormResponse": "urn:li:leadGenFormResponse:9a1c-7", "leadAction": "DELETED", "occurredAt": 1767225600000},
      "events": []},
    {"name": "a comment",
      "body": {"type": "ORGANIZATION_SOCIAL_ACTION_NOTIFICATIONS", "notifications": [{"notificationId": 351,
        "organizationalEntity": "urn:li:organization:2414183", "action": "COMMENT", "sourcePost": "urn:li:share:7012345678901234567",
        "generatedActivity": "urn:li:comment:(urn:li:activity:7012345678901234567,7012345678901234568)", "lastModifiedAt": 1767225600000}]},
      "events": [{"type": "post_engagement", "key": "351", "account_ref": "urn:li:organization:2414183", "occurred_at": "1767225600000"}]},
    {"name": "an answer to the campaign poll",
      "body": {"elements": [{"id": 337643194, "status": "ACTIVE", "changeAuditStamps": {"lastModified": {"time": 1767225600000}}}]},
      "events": [{"type": "campaign_updated", "key": "337643194:1767225600000"}]}
  ],
  "test_vectors": [
    {"name": "the literal is part of what is signed", "verify": "signature", "secret": "li-client-secret-0001", "valid": true,
      "body": "{\"type\":\"LEAD_ACTION\",\"leadGenFormResponse\":\"urn:li:leadGenFormResponse:9a1c0f6e-2b7d-4f55-9d6e-1f2a3b4c5d6e-7\",\"leadType\":\"SPONSORED\",\"leadAction\":\"CREATED\",\"occurredAt\":1767225600000}",
      "signature": "0a24cb3ea2bd1a4d6f747c8ebc57736cee0b24fe61991997ff58acb7b8011344"},
    {"name": "the header may carry a prefix", "verify": "signature", "secret": "li-client-secret-0001", "valid": true,
      "body": "{\"type\":\"LEAD_ACTION\",\"leadGenFormResponse\":\"urn:li:leadGenFormResponse:9a1c0f6e-2b7d-4f55-9d6e-1f2a3b4c5d6e-7\",\"leadType\":\"SPONSORED\",\"leadAction\":\"CREATED\",\"occurredAt\":1767225600000}",
      "signature": "hmacsha256=0a24cb3ea2bd1a4d6f747c8ebc57736cee0b24fe61991997ff58acb7b8011344"},
    {"name": "signed without the literal", "verify": "signature", "secret": "li-client-secret-0001", "valid": false,
      "body": "{\"type\":\"LEAD_ACTION\",\"leadGenFormResponse\":\"urn:li:leadGenFormResponse:9a1c0f6e-2b7d-4f55-9d6e-1f2a3b4c5d6e-7\",\"leadType\":\"SPONSORED\",\"leadAction\":\"CREATED\",\"occurredAt\":1767225600000}",
      "signature": "accd48c8570ae186fd31378912699f19161a5f0998fc8faf95e40255ff3ebb13"},
    {"name": "answer to the challenge", "handshake": "challenge", "secret": "li-client-secret-0001", "valid": true,
      "query": {"challengeCode": "890e4665-4dfe-4ab1-b689-ed553bceeed0"},
      "signature": "9fd114520af20742922401dbe41c9ef0a6b4622c4b173ac75badc39722ff02e4"}
  ]
}$json$);
