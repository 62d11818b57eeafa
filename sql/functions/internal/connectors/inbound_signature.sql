-- hera_internal.inbound_signature: the signature that a request should carry, by one verification rule of a definition.
-- p_request: {method, uri, headers {lower-case name: value}, query}. p_body: the bytes as they came: parsing and printing JSON
-- changes them. The caller compares in constant time and judges the timestamp.
create or replace function hera_internal.inbound_signature(p_rule jsonb, p_secret text, p_request jsonb, p_body bytea)
returns text
language plpgsql
immutable
as $$
declare
  v_type constant text := p_rule ->> 'type';
  v_parts constant jsonb := coalesce(p_rule -> 'message', case v_type when 'standard_webhooks'
    then jsonb '["header:webhook-id", "literal:.", "header:webhook-timestamp", "literal:.", "body"]' end);
  v_key bytea := convert_to(p_secret, 'UTF8');
  v_timestamp text;
  v_message bytea;
begin
  if v_type in ('shared_secret', 'basic') then
    return p_secret;
  elsif v_type = 'standard_webhooks' and p_secret ~ '^whsec_([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{4}|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{2}==)$' then
    v_key := decode(substring(p_secret from 7), 'base64');
  end if;
  v_timestamp := p_request #>> array['headers', lower(p_rule #>> '{timestamp,header}')];
  if p_rule #>> '{timestamp,pattern}' is not null then
    v_timestamp := substring(v_timestamp from p_rule #>> '{timestamp,pattern}');
  end if;
  select string_agg(
    case
      when m.part = 'body' then p_body
      else convert_to(coalesce(case
        when m.part = 'method' then p_request ->> 'method'
        when m.part = 'uri' then p_request ->> 'uri'
        when m.part = 'uri:hubspot' then hera_internal.hubspot_uri(p_request ->> 'uri')
        when m.part = 'timestamp' then v_timestamp
        when m.part = 'secret' then p_secret
        when m.part like 'header:%' then p_request #>> array['headers', lower(substring(m.part from 8))]
        when m.part like 'query:%' then p_request #>> array['query', substring(m.part from 7)]
        else substring(m.part from 9)
      end, ''), 'UTF8')
    end, '' order by m.n) into v_message
  from jsonb_array_elements_text(v_parts) with ordinality m (part, n);
  return replace(encode(
    case v_type when 'hash' then sha256(v_message) else hera_internal.hmac_sha256(v_message, v_key) end,
    coalesce(p_rule ->> 'encoding', case v_type when 'standard_webhooks' then 'base64' else 'hex' end)), e'\n', '');
end
$$;
comment on function hera_internal.inbound_signature(jsonb, text, jsonb, bytea) is 'The signature of a request by a verification rule.';
