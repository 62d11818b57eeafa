-- hera_internal.reads: the organizations that this login reads in the views of public.
create or replace function hera_internal.reads()
returns uuid[]
language sql
stable parallel safe security definer
set search_path = pg_catalog, hera, pg_temp
as $$
  select coalesce(array_agg(r.organization_id), '{}') from hera.reader_organizations r where r.login = session_user;
$$;
grant execute on function hera_internal.reads() to hera_view, hera_dba, hera_reader;
comment on function hera_internal.reads() is 'The organizations that hera.reader_organizations assigns to session_user.';
