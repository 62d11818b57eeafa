-- hera_outbox_schedule_retry_v1: an operator sets when a delivery is tried next.
-- Writes: the outbox tables.  Errors: PT400 outbox.bad_attempts, outbox.bad_time; PT404 not_found; PT409 delivery.leased.
create or replace function public.hera_outbox_schedule_retry_v1(p_event_id uuid, p_attempts int, p_next_retry_at text)
returns boolean
language plpgsql
volatile security definer
set search_path = pg_catalog, hera, pg_temp
as $$
declare
  v_due timestamptz;
  v_delivery record;
begin
  if p_attempts is null or p_attempts not between 0 and 250 then
    perform hera_internal.fail(400, 'outbox.bad_attempts', 'p_attempts must be from 0 to 250', null);
  end if;
  begin
    v_due := p_next_retry_at::timestamptz;
  exception
    when data_exception then null;
  end;
  if v_due is null or not isfinite(v_due) or v_due > hera_internal.now() + interval '1 year' then
    perform hera_internal.fail(400, 'outbox.bad_time', 'p_next_retry_at must be a time within a year', 'For example 2026-01-31T12:00:00Z.');
  end if;
  v_delivery := hera_internal.take_delivery(p_event_id);
  if v_delivery.organization_id is null then
    perform hera_internal.fail(404, 'not_found', 'No delivery with this id waits.', 'Pass the id of a delivery, as hera_outbox_get_pending_v1 shows it.');
  end if;
  if hera_internal.stand_in_line(v_delivery.organization_id, p_event_id, p_attempts) then
    return true;
  end if;
  insert into hera.outbox_scheduled (organization_id, delivery_id, attempt, base_attempt, due_at)
  values (v_delivery.organization_id, p_event_id, p_attempts + 1, least(v_delivery.base_attempt, p_attempts), v_due);
  return true;
end
$$;
revoke all on function public.hera_outbox_schedule_retry_v1(uuid, int, text) from public;
grant execute on function public.hera_outbox_schedule_retry_v1(uuid, int, text) to hera_worker, hera_dba;
comment on function public.hera_outbox_schedule_retry_v1(uuid, int, text) is
$doc$Schedules the next attempt of a waiting or dead delivery. p_event_id: the delivery's id. p_attempts: attempts so far, 0 to 250.
p_next_retry_at: a time, at most a year ahead. A delivery of a fifo webhook goes to the end of its line while another holds it. Answers true.
Errors: PT400 outbox.bad_attempts or outbox.bad_time, PT404 not_found, PT409 delivery.leased.

select hera_outbox_schedule_retry_v1('0199c1c2-0000-7000-8000-000000000100', 1, '2026-01-31T12:00:00Z');$doc$;
