-- hera_test.audited: make p_count audited calls in an organization.
create function hera_test.audited(p_organization uuid, p_count int default 1) returns void
language plpgsql
as $$
begin
  for i in 1 .. p_count loop
    perform hera_audit_refusal_v1(hera_test.system(), p_organization, 'f' || i, 'permission_denied');
  end loop;
end
$$;

-- hera_test.audit_faults: the kinds of faults that verifying finds, without doubles, or intact.
create function hera_test.audit_faults(p_organization uuid, p_anchor jsonb default '{}') returns text
language sql
as $$
  select coalesce(string_agg(distinct f ->> 'fault', ' ' order by f ->> 'fault'), 'intact')
  from jsonb_array_elements(hera_audit_verify_v1(hera_test.system(), p_organization, p_anchor) -> 'faults') f;
$$;

-- hera_test.audit_faults_after: the same after p_sql, which is undone. Tests run as a superuser, whom row security does not bind: p_sql is
-- what someone with all rights over the database may do.
create function hera_test.audit_faults_after(p_organization uuid, p_sql text, p_anchor jsonb default '{}') returns text
language plpgsql
as $$
declare
  v_faults text;
begin
  begin
    execute p_sql;
    v_faults := hera_test.audit_faults(p_organization, p_anchor);
    raise exception using errcode = 'T0000';
  exception
    when sqlstate 'T0000' then
      return v_faults;
  end;
end
$$;
