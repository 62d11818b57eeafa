-- hera_internal.fifo_advance: deliveries are settled; where one held a fifo line, hand over to the next of that line.
create or replace function hera_internal.fifo_advance(p_organization_ids uuid[], p_delivery_ids uuid[])
returns void
language plpgsql
volatile
as $$
declare
  v_lane record;
begin
  if p_delivery_ids is null or not exists (select from hera.outbox_fifo_lane) then
    return;
  end if;
  for v_lane in
    select l.organization_id, l.webhook_no
    from unnest(p_organization_ids, p_delivery_ids) as s (organization_id, delivery_id)
    join hera.outbox_fifo_lane l
      on l.organization_id = s.organization_id and l.webhook_no = hera_internal.delivery_webhook_no(s.delivery_id)
      and l.delivery_id = s.delivery_id
    order by l.organization_id, l.webhook_no
    for update of l
  loop
    perform hera_internal.fifo_pop(v_lane.organization_id, v_lane.webhook_no);
  end loop;
end
$$;
grant execute on function hera_internal.fifo_advance(uuid[], uuid[]) to hera_worker_owner;
comment on function hera_internal.fifo_advance(uuid[], uuid[]) is 'Moves fifo lines on after settled deliveries.';
