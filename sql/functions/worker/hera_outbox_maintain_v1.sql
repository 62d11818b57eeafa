-- hera_outbox_maintain_v1: housekeeping that a schedule runs: partitions ahead, the counts that monitoring reads.
-- Caller: outbox poller at start and every few minutes, DBA.  Safe to run at any time and side by side.
create or replace function public.hera_outbox_maintain_v1()
returns jsonb
language plpgsql
volatile security definer
set search_path = pg_catalog, hera, pg_temp
as $$
begin
  return jsonb_build_object('success', true, 'partitions_made',
    hera_internal.ensure_partitions((hera_internal.now() at time zone 'UTC')::date))
    || jsonb_build_object('rolled_up', hera_internal.roll_up(hera_internal.now()));
end
$$;
revoke all on function public.hera_outbox_maintain_v1() from public;
grant execute on function public.hera_outbox_maintain_v1() to hera_worker, hera_dba;
comment on function public.hera_outbox_maintain_v1() is
$doc$Makes the partitions of the next 14 days and counts the open hours for monitoring. Answers {success, partitions_made, rolled_up:
{final_before, complete_before}}, or rolled_up: {busy} where another session is at it.

select hera_outbox_maintain_v1();$doc$;
