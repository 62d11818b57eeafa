-- hera_internal.smart_code_ok: HERA., 2 to 9 segments of [A-Z0-9_]{2,30}, .v and a number.
create or replace function hera_internal.smart_code_ok(p_smart_code text)
returns boolean
language sql
immutable parallel safe
return p_smart_code ~ '^HERA(\.[A-Z0-9_]{2,30}){2,9}\.v[0-9]{1,6}$';
grant execute on function hera_internal.smart_code_ok(text) to hera_view;
comment on function hera_internal.smart_code_ok(text) is 'True for a well-formed smart code.';
