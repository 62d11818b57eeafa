-- hera_internal.smart_code_ok: HERA., 2 to 9 segments of [A-Z0-9_]{2,30}, .v and a number.
create or replace function hera_internal.smart_code_ok(p_smart_code text)
returns boolean
language sql
immutable parallel safe
return p_smart_code ~ '^HERA(\.[A-Z0-9_]{2,30}){2,9}\.v[0-9]{1,6}$';
comment on function hera_internal.smart_code_ok(text) is 'True for a well-formed smart code.';

-- hera_internal.smart_code_segment: any text as one segment of a smart code.
create or replace function hera_internal.smart_code_segment(p_text text)
returns text
language sql
immutable parallel safe
return rpad(left(regexp_replace(upper(p_text), '[^A-Z0-9]', '_', 'g'), 30), greatest(2, least(30, length(p_text))), '_');
comment on function hera_internal.smart_code_segment(text) is 'Upper case, other signs as _, padded to 2 and cut to 30.';

-- hera_internal.smart_code_of: the smart code of an event whose caller and connector give none.
create or replace function hera_internal.smart_code_of(p_source text, p_type text)
returns text
language plpgsql
immutable
as $$
begin
  return 'HERA.INTEGRATION.EVENT.' || hera_internal.smart_code_segment(p_source) || '.'
    || hera_internal.smart_code_segment(p_type) || '.v1';
end
$$;
comment on function hera_internal.smart_code_of(text, text) is 'HERA.INTEGRATION.EVENT.<SOURCE>.<TYPE>.v1';
