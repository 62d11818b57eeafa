-- hera_internal.fifo_wake: start the lines in which something waits and nothing is under way.
-- Whoever inserts the lane's row first wakes the line; a loose index scan visits each line once, however long it is.
create or replace function hera_internal.fifo_wake()
returns void
language plpgsql
volatile
as $$
declare
  v_line record;
begin
  for v_line in
    with recursive line as (
      (select f.organization_id, f.webhook_no from hera.outbox_fifo_wait f order by f.organization_id, f.webhook_no limit 1)
      union all
      select n.organization_id, n.webhook_no
      from line
      cross join lateral (
        select f.organization_id, f.webhook_no
        from hera.outbox_fifo_wait f
        where (f.organization_id, f.webhook_no) > (line.organization_id, line.webhook_no)
        order by f.organization_id, f.webhook_no
        limit 1) n
    )
    select line.organization_id, line.webhook_no
    from line
    where not exists (
      select from hera.outbox_fifo_lane l where l.organization_id = line.organization_id and l.webhook_no = line.webhook_no)
  loop
    insert into hera.outbox_fifo_lane (organization_id, webhook_no, delivery_id)
    values (v_line.organization_id, v_line.webhook_no, hera_internal.platform_id())
    on conflict do nothing;
    if found then
      perform hera_internal.fifo_pop(v_line.organization_id, v_line.webhook_no);
    end if;
  end loop;
end
$$;
grant execute on function hera_internal.fifo_wake() to hera_worker_owner;
comment on function hera_internal.fifo_wake() is 'Wakes idle fifo lines.';
