-- Meta (Facebook) Graph API: social media management and advertising.
select public.hera_integration_setup_connector_v1($json${
  "code": "meta-graph-api",
  "name": "Meta (Facebook) Graph API",
  "description": "Social media management and advertising",
  "smart_code": "HERA.INTEGRATION.CONNECTOR.META_GRAPH_API.v1",
  "status": "active",
  "version": 1,
  "category": "social",
  "capabilities": ["inbound_events", "outbound_actions", "oauth2"],
  "notes": [
    "Lead callbacks carry ids only; the action fetch_lead gets the answers of the form.",
    "Times of one callback mix seconds and milliseconds: above 1e11 means milliseconds.",
    "Callbacks carry no timestamp in their signature: the idempotency key is what keeps a replayed one out.",
    "An expired token can't be exchanged any more; tokens of pages do not expire."
  ],
  "vars": {"graph_url": "https://graph.facebook.com", "dialog_url": "https://www.facebook.com", "api_version": "v26.0"},
  "fields": [
    {"name": "app_id", "label": "App ID", "type": "string", "required": true, "secret": false, "description": "ID of the Meta app"},
    {"name": "app_secret", "label": "App secret", "type": "string", "required": true, "secret": true,
      "description": "Secret of the Meta app; its callbacks are signed with it"},
    {"name": "webhook_verify_token", "label": "Webhook verify token", "type": "string", "required": true, "secret": true,
      "description": "A text of your own; enter the same one in the app's webhook settings"},
    {"name": "page_access_token", "label": "Page access token", "type": "string", "required": false, "secret": true,
      "description": "A page's own token takes the place of the authorization"},
    {"name": "page_id", "label": "Page ID", "type": "string", "required": false, "secret": false,
      "description": "Page or Instagram account whose events are for this installation"},
    {"name": "scopes", "label": "Scopes", "type": "string", "required": false, "secret": false,
      "description": "Asked for instead of the default ones; separated by commas"}
  ],
  "auth": {
    "type": "oauth2",
    "token_field": "page_access_token",
    "query": {"access_token": "{{access_token}}", "appsecret_proof": "{{appsecret_proof}}"},
    "authorize": {"url": "{{vars.dialog_url}}/{{vars.api_version}}/dialog/oauth", "params": {"client_id": "{{fields.app_id}}",
      "redirect_uri": "{{redirect_uri}}", "state": "{{state}}", "scope": "{{scopes}}", "response_type": "code"}},
    "client": {"id": "{{fields.app_id}}", "secret": "{{fields.app_secret}}"},
    "token": {"url": "{{vars.graph_url}}/{{vars.api_version}}/oauth/access_token", "method": "GET", "client_auth": "query"},
    "scopes": {"separator": ",", "default": ["pages_messaging", "pages_manage_posts", "pages_manage_metadata", "pages_show_list",
      "pages_read_engagement", "leads_retrieval", "instagram_basic", "instagram_manage_comments", "ads_management"]},
    "pkce": false,
    "revoke": {"url": "{{vars.graph_url}}/{{vars.api_version}}/me/permissions", "method": "DELETE", "with_auth": true},
    "refresh": {"strategy": "exchange", "before_s": 604800, "params": {"grant_type": "fb_exchange_token", "fb_exchange_token": "{{access_token}}"}},
    "response_map": {"access_token": "$.access_token", "expires_in": "$.expires_in"},
    "error_map": {"reauth": ["$.error ? (@.code == 190)"]}
  },
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
    "account_ref": {"in": "entry", "paths": ["$.id"]},
    "account_fields": ["page_id"],
    "on_unmatched": "dead_letter",
    "events": [
      {"type": "page_message_received", "smart_code": "HERA.META.EVENT.PAGE.MESSAGE.RECEIVED.v1", "each": [
          {"as": "entry", "path": "$ ? (@.object == \"page\").entry[*]"},
          {"as": "item", "in": "entry", "path": "$.messaging[*] ? (exists (@.message.mid) && !exists (@.message.is_echo))"}],
        "key": ["$.message.mid"], "occurred_at": "$.timestamp"},
      {"type": "post_published", "smart_code": "HERA.META.EVENT.POST.PUBLISHED.v1", "note": "Posts of the page itself, not of its visitors",
        "each": [
          {"as": "entry", "path": "$ ? (@.object == \"page\").entry[*]"},
          {"as": "item", "in": "entry", "path": "$.changes[*] ? (@.field == \"feed\" && @.value.verb == \"add\" && @.value.item like_regex \"^(status|post|photo|video|share|album|link)$\" && @.value.from.id == $entry.id).value"}],
        "key": ["$.post_id", "$.verb"], "occurred_at": "$.created_time"},
      {"type": "lead_generated", "smart_code": "HERA.META.EVENT.LEAD.GENERATED.v1", "each": [
          {"as": "entry", "path": "$ ? (@.object == \"page\").entry[*]"},
          {"as": "item", "in": "entry", "path": "$.changes[*] ? (@.field == \"leadgen\").value"}],
        "key": ["$.leadgen_id"], "occurred_at": "$.created_time", "enrich": {"action": "fetch_lead", "input": {"leadgen_id": "$.leadgen_id"}}},
      {"type": "instagram_mention", "smart_code": "HERA.META.EVENT.INSTAGRAM.MENTION.v1", "each": [
          {"as": "entry", "path": "$ ? (@.object == \"instagram\").entry[*]"},
          {"as": "item", "in": "entry", "path": "$.changes[*] ? (@.field == \"mentions\").value"}],
        "key": ["$entry.id", "$.media_id", "$.comment_id"], "occurred_at": "$entry.time"}
    ]
  },
  "actions": [
    {"code": "send_page_message", "method": "POST", "url": "{{vars.graph_url}}/{{vars.api_version}}/{{fields.page_id}}/messages",
      "body": {"recipient": {"id": "{{input.recipient_id}}"}, "messaging_type": "RESPONSE", "message": {"text": "{{input.text}}"}},
      "input_schema": {"type": "object", "required": ["recipient_id", "text"],
        "properties": {"recipient_id": {"type": "string"}, "text": {"type": "string", "maxLength": 2000}}},
      "success": {"status": [200]}, "result_map": {"message_id": "$.message_id"}, "idempotency": "none"},
    {"code": "publish_post", "method": "POST", "url": "{{vars.graph_url}}/{{vars.api_version}}/{{fields.page_id}}/feed",
      "body": {"message": "{{input.message}}", "link": "{{input.link}}"},
      "input_schema": {"type": "object", "required": ["message"], "properties": {"message": {"type": "string"}, "link": {"type": "string"}}},
      "success": {"status": [200]}, "result_map": {"post_id": "$.id"}, "idempotency": "none"},
    {"code": "fetch_lead", "method": "GET", "url": "{{vars.graph_url}}/{{vars.api_version}}/{{input.leadgen_id}}",
      "query": {"fields": "field_data,created_time,ad_id,form_id"},
      "input_schema": {"type": "object", "required": ["leadgen_id"], "properties": {"leadgen_id": {"type": "string"}}},
      "success": {"status": [200]}, "result_map": {"lead": "$"}, "idempotency": "natural"},
    {"code": "subscribe_page", "method": "POST", "url": "{{vars.graph_url}}/{{vars.api_version}}/{{fields.page_id}}/subscribed_apps",
      "query": {"subscribed_fields": "messages,feed,leadgen,mention"},
      "success": {"status": [200]}, "idempotency": "natural"}
  ],
  "errors": [
    {"when": {"jsonpath": "$.error ? (@.code == 190)"}, "class": "reauth"},
    {"when": {"jsonpath": "$.error ? (@.code == 1 || @.code == 2 || @.code == 4 || @.code == 17 || @.code == 32 || @.code == 341 || @.code == 613)"},
      "class": "retry", "backoff": {"wait_s": 4, "factor": 4, "max_s": 3600}},
    {"when": {"jsonpath": "$.error ? (@.code >= 80000 && @.code <= 80014)"}, "class": "retry", "backoff": {"wait_s": 4, "factor": 4, "max_s": 3600}},
    {"when": {"jsonpath": "$.error ? (@.code == 10 || @.code == 100 || (@.code >= 200 && @.code <= 299) || @.code == 368)"}, "class": "permanent"},
    {"when": {"status": [408, 429, "5xx"]}, "class": "retry", "backoff": {"wait_s": 4, "factor": 4, "max_s": 3600}},
    {"when": {"status": ["4xx"]}, "class": "permanent"}
  ],
  "rate_limits": [
    {"scope": "daily_user", "limit": 200, "window_s": 3600, "enforce": false, "headers": ["X-App-Usage"],
      "usage": {"header": "X-App-Usage", "path": "$.*", "at_least": 100, "wait_s": 300},
      "note": "200 calls an hour for each daily user of the app, whose number only X-App-Usage tells"}
  ],
  "health": {"request": {"method": "GET", "url": "{{vars.graph_url}}/{{vars.api_version}}/me"}, "expect": {"status": [200]}},
  "samples": [
    {"name": "a page's messages, lead and post",
      "body": {"object": "page", "entry": [
        {"id": "1755847768034402", "time": 1767225600123, "messaging": [
          {"sender": {"id": "7643396345770471"}, "recipient": {"id": "1755847768034402"}, "timestamp": 1767225599000,
            "message": {"mid": "m_AAA", "text": "hi"}},
          {"sender": {"id": "1755847768034402"}, "recipient": {"id": "7643396345770471"}, "timestamp": 1767225599500,
            "message": {"mid": "m_ECHO", "text": "yo", "is_echo": true}}]},
        {"id": "153125381133", "time": 1767225601, "changes": [
          {"field": "leadgen", "value": {"leadgen_id": "123123123123", "page_id": "153125381133", "form_id": "12312312312",
            "ad_id": "12312312313", "adgroup_id": "12312312314", "created_time": 1767225600}},
          {"field": "feed", "value": {"item": "status", "verb": "add", "post_id": "153125381133_999",
            "from": {"id": "153125381133", "name": "Acme"}, "message": "new", "created_time": 1767225600}}]}]},
      "events": [
        {"type": "page_message_received", "key": "m_AAA", "account_ref": "1755847768034402", "occurred_at": "1767225599000"},
        {"type": "lead_generated", "key": "123123123123", "account_ref": "153125381133", "occurred_at": "1767225600"},
        {"type": "post_published", "key": "153125381133_999:add", "account_ref": "153125381133", "occurred_at": "1767225600"}]},
    {"name": "an Instagram mention",
      "body": {"object": "instagram", "entry": [{"id": "17841405822304914", "time": 1767225600, "changes": [
        {"field": "mentions", "value": {"media_id": "17887498072083520", "comment_id": "17894227972186120"}}]}]},
      "events": [
        {"type": "instagram_mention", "key": "17841405822304914:17887498072083520:17894227972186120", "account_ref": "17841405822304914",
          "occurred_at": "1767225600"}]},
    {"name": "a visitor's post",
      "body": {"object": "page", "entry": [{"id": "1", "time": 1767225600, "changes": [
        {"field": "feed", "value": {"item": "status", "verb": "add", "post_id": "1_2", "from": {"id": "9"}, "created_time": 1767225600}}]}]},
      "events": []}
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
