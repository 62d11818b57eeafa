-- hera_internal.take_inbound: make events of an authentic request: each item by the rules of the version that its installation is on, for
-- the organization that its account leads to. What can't be made an event of is kept as one with status failed, in the organization if it is
-- known, else in the platform's. Sets the tenant, last to the organization that keeps the request.
-- p_request: the row to be, without what is found out here; answers it whole. p_only: the one organization that may get anything (re-runs).
-- Locks: keys, organization by organization in the order of their ids.
create or replace function hera_internal.take_inbound(
  p_request hera.inbound_requests, p_definition_id uuid, p_parties hera_internal.inbound_party[], p_sole boolean,
  p_only uuid default null, p_traceparent text default null)
returns hera.inbound_requests
language plpgsql
volatile
as $$
declare
  v_request hera.inbound_requests := p_request;
  v_inbound constant jsonb := hera_internal.definition_version(p_definition_id, (p_parties[1]).version) -> 'inbound';
  v_json record := hera_internal.inbound_json(p_request.body);
  v_items jsonb[];
  v_organizations uuid[];
  v_organization uuid;
  v_count record;
begin
  v_request.accepted := 0;
  v_request.duplicates := 0;
  v_request.failed := 0;
  v_request.status_reason := null;
  if v_json.fault is null then
    begin
      v_items := hera_internal.inbound_items(p_request, p_definition_id, p_parties, p_sole, v_json.body);
    exception
      -- A rule that fails on a body that its samples did not foresee. It is kept until the definition is mended.
      when data_exception or undefined_object or syntax_error_or_access_rule_violation or program_limit_exceeded then
        v_json.fault := 'a rule of the definition fails: ' || sqlerrm;
    end;
  end if;

  v_request.organization_id := coalesce(v_request.organization_id, case
    when p_sole then (p_parties[1]).organization_id
    when (select count(distinct i ->> 'organization_id') = 1 and count(*) = count(i ->> 'organization_id') from unnest(v_items) i)
      then (v_items[1] ->> 'organization_id')::uuid end, hera_internal.platform_id());
  if coalesce(cardinality(v_items), 0) = 0 then
    if v_json.fault is null and v_inbound ->> 'on_unmatched' = 'ignore' then
      v_request.status := 'ignored';
      v_request.status_reason := 'no rule of the definition fits';
      perform hera_internal.forget_failures(v_request, array[]::uuid[]);
      return v_request;
    end if;
    v_items := array[jsonb_build_object('reason', coalesce(v_json.fault, 'no rule of the definition fits'))];
  end if;

  v_organizations := array(
    select distinct coalesce((i ->> 'organization_id')::uuid, v_request.organization_id) as id from unnest(v_items) i
    where p_only is null or coalesce((i ->> 'organization_id')::uuid, v_request.organization_id) = p_only
    order by id);
  foreach v_organization in array v_organizations
  loop
    v_count := hera_internal.store_inbound(v_request, v_organization, array(
      select i from unnest(v_items) with ordinality x (i, n)
      where coalesce((i ->> 'organization_id')::uuid, v_request.organization_id) = v_organization order by x.n), p_traceparent);
    v_request.accepted := v_request.accepted + v_count.accepted;
    v_request.duplicates := v_request.duplicates + v_count.duplicates;
    v_request.failed := v_request.failed + v_count.failed;
    v_request.status_reason := coalesce(v_request.status_reason, v_count.reason);
  end loop;
  v_request.status := case when v_request.failed > 0 then 'failed' else 'processed' end;
  perform hera_internal.forget_failures(v_request, v_organizations);
  return v_request;
end
$$;
comment on function hera_internal.take_inbound(hera.inbound_requests, uuid, hera_internal.inbound_party[], boolean, uuid, text) is
  'Makes events of an authentic request.';
