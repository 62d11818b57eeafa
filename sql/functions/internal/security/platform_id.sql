-- hera_internal.platform_id: the platform organization.
create or replace function hera_internal.platform_id()
returns uuid
language sql
immutable parallel safe
return '00000000-0000-0000-0000-000000000000'::uuid;
grant execute on function hera_internal.platform_id() to hera_worker_owner;
comment on function hera_internal.platform_id() is 'The id of the platform organization.';
