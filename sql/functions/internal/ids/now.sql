-- hera_internal.now: the one clock. Tests move it by replacing the function in their own transaction;
-- no setting or argument does, since any caller could set those.
create or replace function hera_internal.now()
returns timestamptz
language sql
volatile
return clock_timestamp();
grant execute on function hera_internal.now() to hera_worker_owner;
comment on function hera_internal.now() is 'The current time, as all functions of this schema take it.';
