-- hera_internal.stand_in_line: an operator moves a delivery. Where its webhook is fifo and another delivery holds the line, it goes to
-- the end of the line and the answer is true; else it holds the line now if there is one, and the caller says where it goes.
create or replace function hera_internal.stand_in_line(p_organization_id uuid, p_delivery_id uuid, p_attempts int)
returns boolean
language plpgsql
volatile
as $$
declare
  v_webhook_no constant int := hera_internal.delivery_webhook_no(p_delivery_id);
begin
  if not exists (
    select from hera.webhooks w
    where w.organization_id = p_organization_id and w.webhook_no = v_webhook_no and w.ordering = 'fifo') then
    return false;
  end if;
  insert into hera.outbox_fifo_lane (organization_id, webhook_no, delivery_id)
  values (p_organization_id, v_webhook_no, p_delivery_id)
  on conflict do nothing;
  if exists (
    select from hera.outbox_fifo_lane l
    where l.organization_id = p_organization_id and l.webhook_no = v_webhook_no and l.delivery_id = p_delivery_id) then
    return false;
  end if;
  insert into hera.outbox_fifo_wait (organization_id, webhook_no, delivery_id, base_attempt)
  values (p_organization_id, v_webhook_no, p_delivery_id, p_attempts);
  return true;
end
$$;
grant execute on function hera_internal.stand_in_line(uuid, uuid, int) to hera_worker_owner;
comment on function hera_internal.stand_in_line(uuid, uuid, int) is 'Puts a delivery behind the one that holds its fifo line.';
