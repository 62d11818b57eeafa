-- hera_internal.reads_all: does this login read every organization in the views of public?
create or replace function hera_internal.reads_all()
returns boolean
language sql
stable parallel safe
return pg_has_role(session_user, 'hera_dba', 'member') or pg_has_role(session_user, 'hera_owner', 'member');
grant execute on function hera_internal.reads_all() to hera_view, hera_dba, hera_reader;
comment on function hera_internal.reads_all() is 'True for superusers, the owner and hera_dba.';
