-- hera_internal.purge_rows: delete up to p_limit rows of a kind that an organization made before p_before. Answers how many.
-- p_from: attempts before it are gone already; they are found by their day's partition alone.
-- Events with an open delivery stay (hera_internal.kept_events). The caller holds the lock of hera_internal.apply_retention.
create or replace function hera_internal.purge_rows(
  p_organization_id uuid, p_kind text, p_from timestamptz, p_before timestamptz, p_limit int)
returns int
language plpgsql
volatile
as $$
declare
  v_low constant uuid := hera_internal.platform_id();
  v_before_id constant uuid := hera_internal.id_floor(p_before);
  v_rows int;
begin
  if p_kind = 'events' then
    delete from hera.events e
    where e.organization_id = p_organization_id and e.id < v_before_id and e.id = any (array(
      select x.id
      from hera.events x
      where x.organization_id = p_organization_id and x.id < v_before_id
        and x.id not in (select hera_internal.kept_events(p_organization_id, v_low, v_before_id))
      limit p_limit));
  elsif p_kind = 'attempts' then
    delete from hera.attempts t
    where t.organization_id = p_organization_id and t.started_at >= p_from and t.started_at < p_before and (t.tableoid, t.ctid) in (
      select x.tableoid, x.ctid
      from hera.attempts x
      where x.organization_id = p_organization_id and x.started_at >= p_from and x.started_at < p_before
      limit p_limit);
  elsif p_kind = 'dead_letters' then
    delete from hera.dead_letters d
    where d.organization_id = p_organization_id and d.delivery_id = any (array(
        select x.delivery_id
        from hera.dead_letters x
        where x.organization_id = p_organization_id and x.created_at < p_before limit p_limit))
      -- One that was replayed and died again meanwhile is new.
      and d.created_at < p_before;
  elsif p_kind = 'inbound_requests' then
    delete from hera.inbound_requests r
    where r.organization_id = p_organization_id and r.id < v_before_id and r.id = any (array(
      select x.id
      from hera.inbound_requests x
      where x.organization_id = p_organization_id and x.id < v_before_id
      limit p_limit));
  elsif p_kind = 'idempotency_keys' then
    delete from hera.idempotent_calls c
    where c.organization_id = p_organization_id and c.created_at < p_before;
    delete from hera.idempotency_keys k
    where k.organization_id = p_organization_id and k.idempotency_key = any (array(
      select x.idempotency_key
      from hera.idempotency_keys x
      where x.organization_id = p_organization_id and x.event_id < v_before_id limit p_limit));
  elsif p_kind = 'replay_jobs' then
    delete from hera.replay_jobs j
    where j.organization_id = p_organization_id and j.finished_at < p_before;
  elsif p_kind = 'audit' then
    return hera_internal.purge_audit(p_organization_id, p_before, p_limit);
  end if;
  get diagnostics v_rows = row_count;
  return v_rows;
end
$$;
grant execute on function hera_internal.purge_rows(uuid, text, timestamptz, timestamptz, int) to hera_worker_owner;
comment on function hera_internal.purge_rows(uuid, text, timestamptz, timestamptz, int) is
  'Deletes a batch of old rows of an organization.';
