-- hera_internal.definition_shape: what a connector definition can say, as a shape of hera_internal.shape_fault. docs/connectors.md explains
-- each key. The first keys have defaults, which hera_internal.definition_defaults gives.
create or replace function hera_internal.definition_shape()
returns jsonb
language sql
immutable
return jsonb '{
  "name": "string", "smart_code": "smart_code", "status": "active|retired", "version": "integer", "category": "string",
  "fields": [{"name": "name", "type": "string|url|integer|number|boolean", "label?": "string", "description?": "string",
    "required?": "boolean", "secret?": "boolean", "made_if_absent?": "boolean", "default?": "any", "choices?": ["string"]}],
  "auth": {"type": "api_key|oauth2|webhook|none", "token_field?": "name", "headers?": {"*": "string"}, "query?": {"*": "string"},
    "authorize?": {"url": "url", "params?": {"*": "string"}},
    "token?": {"url": "url", "method": "GET|POST", "client_auth": "body|query|header", "body_format?": "form|json"},
    "scopes?": {"default": ["string"], "optional?": ["string"], "separator": "string"}, "pkce?": "boolean",
    "refresh?": {"strategy": "refresh_token|exchange|none", "before_s?": "integer", "params?": {"*": "string"}},
    "revoke?": {"url": "url", "method": "GET|POST|DELETE"}, "introspect?": {"url": "url", "method": "GET|POST"},
    "response_map?": {"*": "jsonpath"}, "error_map?": {"reauth": ["jsonpath"]}},
  "description?": "string", "requires_assignment?": "boolean", "depends_on?": ["code"], "capabilities?": ["string"],
  "notes?": ["string"], "vars?": {"*": "string"},
  "inbound?": {"max_bytes?": "integer", "ack?": {"status": "status", "body?": "string"}, "on_unmatched?": "dead_letter|ignore",
    "account_ref?": {"in": "name", "paths": ["jsonpath"]}, "account_fields?": ["name"], "account_prefixes?": ["string"],
    "verify_policy?": "first_present|any",
    "handshake?": [{"name": "name", "when": {"method": "GET|POST", "query": ["string"]},
      "require?": [{"query": "string", "equals?": "string", "equals_secret?": "name", "regex?": "regex"}],
      "respond": {"status": "status", "content_type": "string", "template": "string", "hmac?": {"key": "name", "message": ["string"]}},
      "otherwise": {"status": "status"}}],
    "verify?": [{"name": "name", "type": "hmac|hash|shared_secret|basic|standard_webhooks", "key": "name", "enabled?": "boolean",
      "when?": {"header": "string", "equals?": "string"}, "hash?": "|sha256", "message?": ["string"], "encoding?": "hex|base64", "encoding_field?": "name",
      "signature": {"header": "string", "strip_prefix?": "string", "pattern?": "regex"},
      "timestamp?": {"header": "string", "pattern?": "regex", "unit": "s|ms", "tolerance_s": "integer"}}],
    "events?": [{"type": "string", "smart_code?": "smart_code", "origin?": "webhook|derived|poll|call|none", "note?": "string",
      "each?": [{"as": "name", "in?": "name", "path": "jsonpath"}], "key?": ["jsonpath"], "key_fallback?": ["string"],
      "occurred_at?": "jsonpath", "data?": "jsonpath", "enrich?": {"action": "name", "input": {"*": "jsonpath"}}}]},
  "polls?": [{"code": "name", "event": "string", "every_s": "integer", "method?": "GET|POST", "url": "url", "headers?": {"*": "string"},
    "query?": {"*": "string"}, "cursor?": "jsonpath"}],
  "actions?": [{"code": "name", "method": "GET|POST|PUT|PATCH|DELETE", "url": "url", "headers?": {"*": "string"},
    "query?": {"*": "string"}, "body?": "any", "input_schema?": "object", "success": {"status": ["status"]},
    "result_map?": {"*": "string"}, "idempotency": "natural|none|reconcile", "emits?": "string", "note?": "string"}],
  "errors?": [{"when": {"status?": ["status"], "jsonpath?": "jsonpath"}, "class": "retry|permanent|reauth|disable|duplicate_ok",
    "backoff?": {"wait_s?": "number", "factor?": "number", "max_s?": "number", "until?": "|utc_midnight"}, "note?": "string"}],
  "rate_limits?": [{"scope": "string", "limit": "integer", "window_s": "number", "headers?": ["string"], "note?": "string"}],
  "health?": {"request": {"method": "GET|POST", "url": "url", "headers?": {"*": "string"}}, "expect": {"status": ["status"]}},
  "samples?": [{"name": "string", "body": "any", "headers?": {"*": "string"},
    "events": [{"type": "string", "key": "string", "account_ref?": "string", "occurred_at?": "string"}]}],
  "test_vectors?": [{"name": "string", "verify?": "name", "handshake?": "name", "secret": "string", "method?": "string",
    "uri?": "string", "query?": {"*": "string"}, "headers?": {"*": "string"}, "fields?": {"*": "string"},
    "body?": "string", "signature": "string", "valid": "boolean"}]
}';
comment on function hera_internal.definition_shape() is 'The shape of a connector definition.';
