-- hera_internal.enqueue_aside: the deliveries of an event that do not simply become ready: those of fifo webhooks wait in line,
-- those of disabled ones are recorded and not sent.
create or replace function hera_internal.enqueue_aside(
  p_organization_id uuid, p_event_id uuid, p_fifo int[], p_disabled int[], p_now timestamptz)
returns void
language plpgsql
volatile
as $$
begin
  insert into hera.outbox_fifo_wait (organization_id, webhook_no, delivery_id, base_attempt)
  select p_organization_id, webhook_no, hera_internal.delivery_id(p_event_id, webhook_no), 0
  from unnest(p_fifo) webhook_no;

  insert into hera.dead_letters (organization_id, delivery_id, status, reason, attempts, created_at)
  select p_organization_id, hera_internal.delivery_id(p_event_id, webhook_no), 'disabled', 'webhook_disabled', 0, p_now
  from unnest(p_disabled) webhook_no;
end
$$;
comment on function hera_internal.enqueue_aside(uuid, uuid, int[], int[], timestamptz) is 'Fifo lines and disabled webhooks of an event.';
