-- hera_outbox_update_status_v1: an operator sets the status of a delivery by hand.
-- Writes: the outbox tables, dead_letters.  Errors: PT400 outbox.bad_status, outbox.bad_attempts; PT404 not_found; PT409 delivery.leased.
create or replace function public.hera_outbox_update_status_v1(p_event_id uuid, p_status text, p_attempts int)
returns boolean
language plpgsql
volatile security definer
set search_path = pg_catalog, hera, pg_temp
as $$
declare
  v_now timestamptz := hera_internal.now();
  v_delivery record;
begin
  if p_status is null or p_status not in ('pending', 'delivered', 'failed', 'dlq', 'cancelled') then
    perform hera_internal.fail(400, 'outbox.bad_status', 'p_status is not a status that can be set',
      'Set pending, delivered, failed, dlq or cancelled; in_flight comes with a claim.');
  elsif p_attempts is null or p_attempts not between 0 and 250 then
    perform hera_internal.fail(400, 'outbox.bad_attempts', 'p_attempts must be from 0 to 250', null);
  end if;
  v_delivery := hera_internal.take_delivery(p_event_id);
  if v_delivery.organization_id is null then
    perform hera_internal.fail(404, 'not_found', 'No delivery with this id waits.', 'Pass the id of a delivery, as hera_outbox_get_pending_v1 shows it.');
  end if;

  if p_status in ('pending', 'failed') and hera_internal.stand_in_line(v_delivery.organization_id, p_event_id, p_attempts) then
    return true;
  elsif p_status = 'pending' then
    insert into hera.outbox_ready (organization_id, delivery_id, attempt, base_attempt)
    values (v_delivery.organization_id, p_event_id, p_attempts + 1, least(v_delivery.base_attempt, p_attempts));
    return true;
  elsif p_status = 'failed' then
    insert into hera.outbox_scheduled (organization_id, delivery_id, attempt, base_attempt, due_at)
    values (v_delivery.organization_id, p_event_id, p_attempts + 1, least(v_delivery.base_attempt, p_attempts), v_now);
    return true;
  elsif p_status = 'delivered' then
    -- Delivered is what the log says: someone saw the receiver have it.
    insert into hera.attempts (started_at, organization_id, delivery_id, duration_ms, status_code, attempt, error)
    values (v_now, v_delivery.organization_id, p_event_id, 0, 200, greatest(1, p_attempts), 'set_by_operator');
  else
    insert into hera.dead_letters (organization_id, delivery_id, status, reason, attempts, created_at)
    values (v_delivery.organization_id, p_event_id, p_status, 'set_by_operator', p_attempts, v_now);
  end if;
  perform hera_internal.fifo_advance(array[v_delivery.organization_id], array[p_event_id]);
  return true;
end
$$;
revoke all on function public.hera_outbox_update_status_v1(uuid, text, int) from public;
grant execute on function public.hera_outbox_update_status_v1(uuid, text, int) to hera_worker, hera_dba;
comment on function public.hera_outbox_update_status_v1(uuid, text, int) is
$doc$Sets the status of a waiting or dead delivery by hand. p_event_id: the delivery's id. p_status: pending, delivered, failed (a retry that is
due now), dlq or cancelled. p_attempts: attempts so far, 0 to 250. A delivery of a fifo webhook goes to the end of its line while another
holds it. Answers true.
Errors: PT400 outbox.bad_status or outbox.bad_attempts, PT404 not_found, PT409 delivery.leased.

select hera_outbox_update_status_v1('0199c1c2-0000-7000-8000-000000000100', 'cancelled', 2);$doc$;
