-- hera_internal.database_id: names this database among all. A copy that was restored elsewhere, or under another name, has another one.
create or replace function hera_internal.database_id()
returns text
language sql
stable
as $$
  select c.system_identifier || '.' || d.oid
  from pg_catalog.pg_control_system() c
  join pg_catalog.pg_database d on d.datname = current_database();
$$;
comment on function hera_internal.database_id() is 'An id of this database.';
