-- as login
-- hera holds the tables, hera_internal the helpers that no caller may run, public the RPC functions and read views.
create extension if not exists pgcrypto with schema public;

alter schema hera owner to hera_owner;
create schema if not exists hera_internal authorization hera_owner;

grant usage, create on schema public to hera_owner, hera_worker_owner, hera_view;
grant usage on schema public to hera_api, hera_worker, hera_dba, hera_reader, hera_migrator;
grant usage on schema hera, hera_internal to hera_worker_owner, hera_view;

-- PostgreSQL lets PUBLIC execute each new function. Only the form without a schema takes that away.
alter default privileges for role hera_owner revoke execute on functions from public;
alter default privileges for role hera_worker_owner revoke execute on functions from public;
alter default privileges for role hera_view revoke execute on functions from public;

-- Compiling plans took longer than running them: the queries over the read views doubled. A login that does not own the
-- database can't set this, and its administrator may.
do $$
begin
  execute format('alter database %I set jit = off', current_database());
exception
  when insufficient_privilege then
    raise notice 'jit stays as it is: only the owner of the database can set it';
end
$$;
