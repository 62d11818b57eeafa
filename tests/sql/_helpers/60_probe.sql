-- hera_test.state: a hash of every row that belongs to an organization, in all tables. Recorded refusals don't count.
create function hera_test.state(p_organization uuid) returns text
language plpgsql security definer
as $$
declare
  v_table record;
  v_hash text;
  v_all text := '';
begin
  for v_table in
    select c.relname, c.relname = 'core_organizations' as is_organization
    from pg_class c
    where c.relnamespace = 'hera'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and (c.relname = 'core_organizations' or exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'organization_id' and not a.attisdropped))
    order by c.relname
  loop
    execute format('select md5(string_agg(t::text, ''|'' order by t::text)) from hera.%I t where %I = $1 %s', v_table.relname,
      case when v_table.is_organization then 'id' else 'organization_id' end, case when v_table.relname = 'audit_log' then 'and operation <> ''REFUSED''' end)
    into v_hash using p_organization;
    v_all := v_all || coalesce(v_hash, '-');
  end loop;
  return md5(v_all || (select coalesce(string_agg(l::text, '|' order by l.id), '') from hera.outbox_leases l where p_organization = any (l.organization_ids)));
end
$$;

-- hera_test.probe: run a statement, take note of all it tells, and undo it.
create function hera_test.probe(
  p_sql text, p_organization uuid,
  out error text, out code text, out message text, out hint text, out output text, out state text, out milliseconds numeric)
language plpgsql
as $$
declare
  v_start constant timestamptz := clock_timestamp();
begin
  begin
    execute p_sql into output;
    milliseconds := extract(epoch from clock_timestamp() - v_start) * 1000;
    state := hera_test.state(p_organization);
    raise exception using errcode = 'HTEST';
  exception
    when sqlstate 'HTEST' then
      error := '00000';
    when others then
      milliseconds := extract(epoch from clock_timestamp() - v_start) * 1000;
      get stacked diagnostics error = returned_sqlstate, code = pg_exception_detail, message = message_text, hint = pg_exception_hint;
  end;
end
$$;
