-- hera_test.state: a hash of every row that belongs to an organization, in all tables. Recorded refusals don't count.
-- Its body is written out for the tables that there are, so that one plan serves thousands of calls.
do $do$
begin
  execute format('create function hera_test.state(p_organization uuid) returns text language plpgsql security definer as %L',
    $f$begin return md5(concat_ws('|', $f$ || (
      select string_agg(format($f$(select md5(string_agg(t::text, '|' order by t::text)) from hera.%I t where %s = p_organization %s)$f$, c.relname,
        case c.relname when 'core_organizations' then 'id' else 'organization_id' end,
        case c.relname when 'audit_log' then $f$and operation <> 'REFUSED'$f$ end), ', ' order by c.relname)
      from pg_class c
      where c.relnamespace = 'hera'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
        and (c.relname = 'core_organizations' or exists (
          select from pg_attribute a where a.attrelid = c.oid and a.attname = 'organization_id' and not a.attisdropped)))
    || $f$, (select md5(string_agg(l::text, '|' order by l.id)) from hera.outbox_leases l where p_organization = any (l.organization_ids)))); end$f$);
end
$do$;

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
    if p_organization is not null then
      state := hera_test.state(p_organization);
    end if;
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
