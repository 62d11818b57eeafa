-- hera_inbound_rerun_v1: make events again of providers' requests that were authentic and could not be mapped.
-- Caller: API, DBA.  Writes: see hera_internal.take_inbound; inbound_requests, audit_log.
-- Errors: PT400 inbound.unknown, inbound.invalid, field.invalid; PT403.
create or replace function public.hera_inbound_rerun_v1(p_actor_user_id uuid, p_organization_id uuid, p_inbound jsonb)
returns jsonb
language plpgsql
volatile security definer
set search_path = pg_catalog, hera, pg_temp
as $$
declare
  v_ids uuid[];
  v_limit int;
  v_request hera.inbound_requests;
  v_results jsonb := jsonb '[]';
begin
  perform hera_internal.durable();
  perform hera_internal.authorize(p_actor_user_id, p_organization_id, 'hera_inbound_rerun_v1', 'CALL');
  perform hera_internal.check_keys('inbound', p_inbound, array['request_ids', 'connector_code', 'since', 'limit']);
  if (p_inbound ? 'request_ids') = (p_inbound ? 'connector_code')
    or jsonb_typeof(p_inbound -> 'request_ids') <> 'array' or jsonb_typeof(p_inbound -> 'connector_code') <> 'string' then
    perform hera_internal.fail(400, 'inbound.invalid', 'inbound must have either request_ids or connector_code',
      'For example {"connector_code": "hubspot-crm", "since": "2026-01-31T12:00:00Z"}.');
  elsif coalesce(p_inbound ->> 'limit', '100') !~ '^[0-9]{1,4}$' or (p_inbound ->> 'limit')::int not between 1 and 1000
    or jsonb_array_length(p_inbound -> 'request_ids') > 1000 then
    perform hera_internal.fail(400, 'inbound.invalid', 'inbound.limit must be a whole number from 1 to 1000, request_ids at most 1000', null);
  end if;
  v_limit := coalesce((p_inbound ->> 'limit')::int, 100);
  if p_inbound ? 'request_ids' then
    v_ids := array(select hera_internal.to_uuid('inbound.request_ids', r) from jsonb_array_elements_text(p_inbound -> 'request_ids') r);
    v_limit := 1000;
  end if;

  perform hera_internal.audit(p_actor_user_id, p_organization_id, 'hera_inbound_rerun_v1', 'CALL', null, p_inbound);
  for v_request in
    select r.* from hera_internal.requests_to_rerun(p_organization_id, v_ids, p_inbound ->> 'connector_code',
      hera_internal.to_time('inbound.since', p_inbound ->> 'since'), v_limit) r
  loop
    v_results := v_results || hera_internal.rerun_request(p_organization_id, v_request);
  end loop;
  perform hera_internal.set_tenant(p_organization_id);
  return (
    select jsonb_build_object('success', true, 'requests', count(*), 'accepted', coalesce(sum((r -> 'accepted')::int), 0),
      'duplicates', coalesce(sum((r -> 'duplicates')::int), 0), 'failed', coalesce(sum((r -> 'failed')::int), 0), 'results', v_results)
    from jsonb_array_elements(v_results) r);
end
$$;
revoke all on function public.hera_inbound_rerun_v1(uuid, uuid, jsonb) from public;
grant execute on function public.hera_inbound_rerun_v1(uuid, uuid, jsonb) to hera_api, hera_dba;
comment on function public.hera_inbound_rerun_v1(uuid, uuid, jsonb) is
$doc$Makes events again of kept requests of providers, after the definition or the installation was mended. Events have the same idempotency
keys as they would have had at first, so that each is there once; what can be mapped now is no failed event any more.

p_inbound: {request_ids: [at most 1000]}, or {connector_code, since, limit (1 to 1000, default 100)}: the oldest requests of the connector since then
of which something failed. It reaches back as far as requests are kept (retention inbound_requests). Of a request that held items of
several organizations each runs its own part again.
Answers {success, requests, accepted, duplicates, failed, results: [{request_id, status, reason, accepted, duplicates, failed}]}.
Errors: PT400 inbound.unknown, inbound.invalid or field.invalid, PT403.

select hera_inbound_rerun_v1('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000000',
  '{"connector_code": "hubspot-crm", "since": "2026-01-31T12:00:00Z"}');$doc$;
