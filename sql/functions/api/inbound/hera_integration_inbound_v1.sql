-- hera_integration_inbound_v1: a provider's callback: handshake, signature, and the events in it, in one transaction.
-- Caller: API. It takes no actor: the request's own signature says what it may do, so it is not reachable as an RPC over HTTP.
-- Order of checks: connector, handshake, size, signature; whoever can't sign learns nothing but that.
-- Writes: inbound_requests; see hera_internal.accept_events.  Errors: PT500 encryption.key_missing; refusals are answers.
create or replace function public.hera_integration_inbound_v1(
  p_method text, p_uri text, p_headers jsonb, p_body bytea, p_connector_code text, p_installation_id uuid default null)
returns jsonb
language plpgsql
volatile security definer
set search_path = pg_catalog, hera, pg_temp
as $$
declare
  v_now constant timestamptz := hera_internal.now();
  v_body constant bytea := coalesce(p_body, bytea '');
  v_by_address constant boolean := p_installation_id is not null;
  v_open constant boolean := coalesce(hera_internal.platform_settings() #>> '{webhook,signature_required}' = 'false', false);
  v_definition_id uuid;
  v_inbound jsonb;
  v_address hera_internal.inbound_party;
  v_row hera.inbound_requests;
  v_read jsonb;
  v_answer jsonb;
  v_proof record;
begin
  perform hera_internal.durable();
  perform hera_internal.set_tenant(hera_internal.platform_id());
  select e.id, hera_internal.definition_version(e.id, null) -> 'inbound' into v_definition_id, v_inbound
  from hera.core_entities e
  where e.organization_id = hera_internal.platform_id() and e.entity_type = 'INTEGRATION_CONNECTOR_DEF' and e.entity_code = p_connector_code;
  if v_inbound is null then
    return hera_internal.inbound_error(404, 'not_found', 'No such connector.', jsonb '{"outcome": "unknown_connector"}');
  end if;
  v_read := hera_internal.inbound_request(p_method, p_uri, p_headers);
  if v_by_address then
    select p.* into v_address
    from hera_internal.find_installations(p_connector_code, p_installation_id, null, null, 1) f
    cross join lateral hera_internal.inbound_party(f.organization_id, f.installation_id) p;
    v_inbound := coalesce(hera_internal.definition_version(v_definition_id, v_address.version) -> 'inbound', v_inbound);
  end if;

  v_answer := hera_internal.handshake_answer(p_connector_code, v_inbound, v_read, v_by_address, v_address);
  if v_answer is not null then
    return v_answer;
  elsif octet_length(v_body) > coalesce((v_inbound ->> 'max_bytes')::int, 1048576) then
    return hera_internal.inbound_error(413, 'too_large', 'The body is too large.',
      jsonb_build_object('connector', p_connector_code, 'outcome', 'too_large'));
  end if;
  v_proof := hera_internal.inbound_proof(v_definition_id, p_connector_code, v_inbound, v_read, v_body, v_by_address, v_address, v_open);
  if cardinality(v_proof.parties) = 0 and not v_proof.platform_verified then
    return hera_internal.inbound_error(401, 'invalid_signature', 'The request carries no valid signature.',
      jsonb_build_object('connector', p_connector_code, 'outcome', 'refused'));
  end if;

  v_row.organization_id := v_address.organization_id;
  v_row.id := hera_internal.new_id(v_now);
  v_row.received_at := v_now;
  v_row.connector_code := p_connector_code;
  v_row.installation_id := v_address.installation_id;
  v_row.verified_by := array(select p.installation_id from unnest(v_proof.parties) p where p.trust = 'own');
  v_row.platform_verified := v_proof.platform_verified;
  v_row.method := v_read ->> 'method';
  v_row.body := v_body;
  v_row.headers := v_read -> 'headers';
  v_row := hera_internal.take_inbound(v_row, v_definition_id, v_proof.parties, v_proof.sole,
    p_traceparent => substring(v_read #>> '{headers,traceparent}' from '^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$'));
  select m.uri, m.headers into v_row.uri, v_row.headers
  from hera_internal.masked_request(
    v_inbound || jsonb_build_object('verify', hera_internal.rules_of_parties(v_inbound, v_proof.parties)), v_read) m;
  perform hera_internal.set_tenant(v_row.organization_id);
  perform hera_internal.keep_request(v_row);

  return jsonb_build_object(
    'status', coalesce((v_inbound #>> '{ack,status}')::int, 200),
    'headers', case when v_inbound #>> '{ack,body}' is null then jsonb '{}' else jsonb_build_object('content-type',
      case when v_inbound #>> '{ack,body}' ~ '^\s*[{\[]' then 'application/json' else 'text/plain; charset=utf-8' end) end,
    'body', v_inbound #> '{ack,body}',
    'log', jsonb_build_object('connector', p_connector_code, 'outcome', v_row.status, 'request_id', v_row.id, 'reason', v_row.status_reason,
      'accepted', v_row.accepted, 'duplicates', v_row.duplicates, 'failed', v_row.failed));
end
$$;
revoke all on function public.hera_integration_inbound_v1(text, text, jsonb, bytea, text, uuid) from public;
grant execute on function public.hera_integration_inbound_v1(text, text, jsonb, bytea, text, uuid) to hera_api, hera_dba;
comment on function public.hera_integration_inbound_v1(text, text, jsonb, bytea, text, uuid) is
$doc$Takes in a provider's callback: answers its handshake, or checks its signature over the raw bytes and makes events of what is in it, each for
the organization that its account leads to, with the deliveries of its webhooks, in one transaction.

p_method; p_uri: the whole address as the provider sees it; p_headers: {name: value}; p_body: the bytes as they came.
p_connector_code; p_installation_id: of the address of one installation, null for the provider app's one address.

Answers what to send back, and for the log what became of it: {status, headers, body (text or null), error: {code, message} (instead of a body,
where it is refused), log: {connector, outcome, request_id, reason, accepted, duplicates, failed}}. Unknown connector 404; refused handshake as
the definition says; too large 413; no valid signature 401, whatever is wrong, and for an installation that is not there too. An authentic
request is answered as the definition says (200), also one that repeats events, or that no events can be made of: that is kept as an
event with status failed and its reason, and can be run again (hera_inbound_rerun_v1).
Errors: PT500 encryption.key_missing.

select hera_integration_inbound_v1('POST', 'https://hera.example.com/api/v2/integrations/inbound/zapier-webhook',
  '{"x-hera-token": "a-long-random-text"}', convert_to('{"id": "evt_01", "event": "invoice.paid"}', 'UTF8'), 'zapier-webhook');$doc$;
