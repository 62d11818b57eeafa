-- hera_internal.requests_to_rerun: the kept requests that an organization means: by their ids, or those of a connector since a time of which
-- something failed, oldest first. The platform keeps what is several organizations'; each may run its own part of that again.
-- Sets the tenant.
create or replace function hera_internal.requests_to_rerun(
  p_organization_id uuid, p_ids uuid[], p_code text, p_since timestamptz, p_limit int)
returns setof hera.inbound_requests
language plpgsql
volatile
as $$
declare
  v_low constant uuid := case when p_since is null then hera_internal.platform_id() else hera_internal.id_floor(p_since) end;
  v_shared uuid[];
  v_rows hera.inbound_requests[];
begin
  perform hera_internal.set_tenant(p_organization_id);
  v_rows := array(
    select r from hera.inbound_requests r
    where r.organization_id = p_organization_id
      and (r.id = any (p_ids) or p_ids is null and r.status = 'failed' and r.connector_code = p_code and r.id >= v_low)
    order by r.id limit p_limit);
  if p_organization_id <> hera_internal.platform_id() then
    v_shared := array(
      select distinct e.inbound_request_id from hera.events e
      where e.organization_id = p_organization_id and e.status = 'failed' and e.id >= v_low
        and (e.inbound_request_id = any (p_ids) or p_ids is null and e.connector_code = p_code)
        and e.inbound_request_id is not null and not exists (select from unnest(v_rows) x where x.id = e.inbound_request_id)
      order by 1 limit p_limit);
    perform hera_internal.set_tenant(hera_internal.platform_id());
    v_rows := v_rows || array(
      select r from hera.inbound_requests r
      where r.organization_id = hera_internal.platform_id() and r.id = any (v_shared)
      order by r.id);
  end if;
  return query select x.* from unnest(v_rows) x order by x.id limit p_limit;
end
$$;
comment on function hera_internal.requests_to_rerun(uuid, uuid[], text, timestamptz, int) is 'The requests that are to be run again.';
