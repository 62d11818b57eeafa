-- hera_internal.fail: raise an error in the one form that callers rely on.
-- SQLSTATE PT<status> (as PostgREST reads it), DETAIL the machine code, HINT the remedy.
create or replace function hera_internal.fail(p_status int, p_code text, p_message text, p_hint text default null)
returns void
language plpgsql
as $$
begin
  raise exception using
    errcode = 'PT' || p_status,
    message = p_message,
    detail = p_code,
    hint = coalesce(p_hint, '');
end
$$;
grant execute on function hera_internal.fail(int, text, text, text) to hera_worker_owner;
comment on function hera_internal.fail(int, text, text, text) is
  'Raises SQLSTATE PT<p_status> with the machine code p_code in DETAIL and the remedy in HINT.';
