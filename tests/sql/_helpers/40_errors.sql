-- hera_test.raises: run a statement and assert how it fails: SQLSTATE and the machine code in DETAIL. Never the message.
-- p_code null: an error of PostgreSQL's own, which has no code.
create function hera_test.raises(p_sql text, p_sqlstate text, p_code text default null) returns void
language plpgsql
as $$
declare
  v_code text;
begin
  begin
    execute p_sql;
  exception
    when others then
      get stacked diagnostics v_code = pg_exception_detail;
      if sqlstate = p_sqlstate and (p_code is null or v_code = p_code) then
        return;
      end if;
      raise exception 'expected % %, got % % (%): %', p_sqlstate, p_code, sqlstate, v_code, sqlerrm, left(p_sql, 400);
  end;
  raise exception 'expected % %, got no error: %', p_sqlstate, p_code, left(p_sql, 400);
end
$$;

-- hera_test.check_invariants: the invariants of the outbox that hold at every moment: a delivery stands in one place, and a fifo line
-- has one delivery under way.
create function hera_test.check_invariants() returns void
language plpgsql
as $$
begin
  assert not exists (
    select from (
      select delivery_id from hera.outbox_ready
      union all select delivery_id from hera.outbox_fifo_wait
      union all select delivery_id from hera.outbox_scheduled
      union all select unnest(delivery_ids) from hera.outbox_leases
      union all select delivery_id from hera.dead_letters) d
    group by delivery_id having count(*) > 1), 'a delivery stands in two places';
  assert not exists (
    select from (
      select organization_id, delivery_id from hera.outbox_ready
      union all select organization_id, delivery_id from hera.outbox_scheduled
      union all select l.organization_id, l.delivery_id
        from hera.outbox_leases x cross join unnest(x.organization_ids, x.delivery_ids) as l (organization_id, delivery_id)) d
    join hera.webhooks w on w.organization_id = d.organization_id
      and w.webhook_no = hera_internal.delivery_webhook_no(d.delivery_id) and w.ordering = 'fifo'
    group by w.id having count(*) > 1), 'a fifo line has two deliveries under way';
end
$$;
