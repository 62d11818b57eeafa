-- hera_internal.roll_up: count the hours that are not final yet into the rollups; the same rows counted twice give the same counts.
-- Caller: hera_outbox_maintain_v1.  Writes: event_rollup, latency_rollup, delivery_rollup, rollup_state.
-- Locks: none that anybody else waits for; where another session is rolling up, nothing is done.
--
-- An hour stays open for three hours, and as long as a lease from within it is out: the attempt of a lease that is lost is logged with
-- the time of its claim. After a long pause, or on an installation with a past, a call counts a day and the next one goes on.
-- Hours are kept for 400 days, so that a month can be compared with the same of the year before.
create or replace function hera_internal.roll_up(p_now timestamptz)
returns jsonb
language plpgsql
volatile
as $$
declare
  v_from timestamptz;
  v_until timestamptz;
  v_final timestamptz;
begin
  if not pg_try_advisory_xact_lock(hashtextextended('hera.roll_up', 0)) then
    return jsonb_build_object('busy', true);
  end if;
  v_from := coalesce((select s.final_before from hera.rollup_state s), hera_internal.hour_of(least(p_now,
    (select min(e.created_at) from hera.events e), (select min(a.started_at) from hera.attempts a))));
  -- Requests that were under way two minutes ago have been reported; the rare ones that were not are found by the next count.
  v_until := greatest(v_from, least(
    date_bin('1 minute', p_now - interval '2 minutes', '2000-01-01 00:00:00+00'), v_from + interval '24 hours'));
  -- Before counting: a lease that is reported meanwhile keeps its hour open.
  v_final := greatest(v_from, least(hera_internal.hour_of(v_until), hera_internal.hour_of(p_now - interval '3 hours'),
    (select hera_internal.hour_of(min(l.leased_at)) from hera.outbox_leases l)));

  delete from hera.event_rollup r where r.hour >= v_from;
  insert into hera.event_rollup select r.* from hera_internal.event_recount(null, v_from, v_until) r;
  delete from hera.latency_rollup r where r.hour >= v_from;
  insert into hera.latency_rollup select r.* from hera_internal.latency_recount(null, v_from, v_until) r;
  delete from hera.delivery_rollup r where r.hour >= v_from;
  insert into hera.delivery_rollup select r.* from hera_internal.delivery_recount(null, v_from, v_until) r;

  delete from hera.event_rollup r where r.hour < p_now - interval '400 days';
  delete from hera.latency_rollup r where r.hour < p_now - interval '400 days';
  delete from hera.delivery_rollup r where r.hour < p_now - interval '400 days';

  insert into hera.rollup_state as s (final_before, complete_before, counted_at)
  values (v_final, v_until, p_now)
  on conflict (one_row) do update set final_before = excluded.final_before,
    complete_before = excluded.complete_before, counted_at = excluded.counted_at;
  return jsonb_build_object('final_before', v_final, 'complete_before', v_until);
end
$$;
grant execute on function hera_internal.roll_up(timestamptz) to hera_worker_owner;
comment on function hera_internal.roll_up(timestamptz) is
  'Counts the open hours into the rollups; answers {final_before, complete_before}.';
