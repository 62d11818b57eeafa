-- hera_internal.fifo_pop: make the head of a line ready, or free the lane where nothing waits. The caller holds the lane's row.
create or replace function hera_internal.fifo_pop(p_organization_id uuid, p_webhook_no int)
returns void
language plpgsql
volatile
as $$
declare
  v_delivery_id uuid;
  v_base smallint;
begin
  delete from hera.outbox_fifo_wait f
  where f.organization_id = p_organization_id and f.webhook_no = p_webhook_no
    and f.position = (
      select min(h.position) from hera.outbox_fifo_wait h
      where h.organization_id = p_organization_id and h.webhook_no = p_webhook_no)
  returning f.delivery_id, f.base_attempt into v_delivery_id, v_base;
  if v_delivery_id is null then
    delete from hera.outbox_fifo_lane l where l.organization_id = p_organization_id and l.webhook_no = p_webhook_no;
  else
    update hera.outbox_fifo_lane l set delivery_id = v_delivery_id
    where l.organization_id = p_organization_id and l.webhook_no = p_webhook_no;
    insert into hera.outbox_ready (organization_id, delivery_id, attempt, base_attempt)
    values (p_organization_id, v_delivery_id, v_base + 1, v_base);
  end if;
end
$$;
grant execute on function hera_internal.fifo_pop(uuid, int) to hera_worker_owner;
comment on function hera_internal.fifo_pop(uuid, int) is 'Makes the head of a fifo line ready.';
