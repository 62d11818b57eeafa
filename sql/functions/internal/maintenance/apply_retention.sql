-- hera_internal.apply_retention: delete what is older than its organization's policies say, in batches, for 20 seconds at most. What is
-- left comes with the next call.
-- Policies count whole days (UTC), so each organization and kind is looked through once a day; hera.retention_progress says how far.
-- Events, attempts and inbound requests of those who keep them longest go with their day's partition (hera_internal.drop_old_partitions), which costs
-- nothing; row by row go those of organizations that keep them shorter, and what still stands a day after its partition was due.
-- Locks: hera.retention, so that no replay is made of an event while it is deleted.
-- Answers {deleted: {kind: rows}, more}.
create or replace function hera_internal.apply_retention(p_now timestamptz)
returns jsonb
language plpgsql
volatile
as $$
declare
  v_batch constant int := 5000;
  v_started constant timestamptz := clock_timestamp();
  v_policy record;
  v_rows int;
  v_deleted jsonb := jsonb '{}';
  v_more boolean := false;
begin
  if not pg_try_advisory_xact_lock(hashtextextended('hera.retention', 0)) then
    return jsonb '{"deleted": {}, "more": true}';
  end if;
  for v_policy in
    select p.organization_id, p.kind, p.before, coalesce(g.done_before, '-infinity') as done_before
    from (
      select x.organization_id, x.kind, date_trunc('day', p_now at time zone 'UTC') at time zone 'UTC'
        - make_interval(days => x.days + (
          x.kind in ('events', 'attempts', 'inbound_requests') and x.days = max(x.days) over w and count(x.days) over w = count(*) over w)::int) as before
      from hera_internal.retention_policies() x
      window w as (partition by x.kind)) p
    left join hera.retention_progress g on g.organization_id = p.organization_id and g.kind = p.kind
    where p.before > coalesce(g.done_before, '-infinity')
    -- Dead letters before the events that they keep.
    order by p.kind <> 'dead_letters', g.done_before nulls first, p.organization_id, p.kind
  loop
    if clock_timestamp() > v_started + interval '20 seconds' then
      v_more := true;
      exit;
    end if;
    v_rows := hera_internal.purge_rows(v_policy.organization_id, v_policy.kind, v_policy.done_before, v_policy.before, v_batch);
    if v_rows > 0 then
      v_deleted := v_deleted || jsonb_build_object(v_policy.kind, coalesce((v_deleted -> v_policy.kind)::int, 0) + v_rows);
    end if;
    if v_rows >= v_batch then
      v_more := true;
    else
      insert into hera.retention_progress as g (organization_id, kind, done_before)
      values (v_policy.organization_id, v_policy.kind, v_policy.before)
      on conflict (organization_id, kind) do update set done_before = excluded.done_before;
    end if;
  end loop;
  return jsonb_build_object('deleted', v_deleted, 'more', v_more);
end
$$;
grant execute on function hera_internal.apply_retention(timestamptz) to hera_worker_owner;
comment on function hera_internal.apply_retention(timestamptz) is 'Deletes rows that are older than policies allow.';
