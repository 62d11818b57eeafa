-- hera_internal.smart_code_segment: any text as one segment of a smart code.
create or replace function hera_internal.smart_code_segment(p_text text)
returns text
language sql
immutable parallel safe
return rpad(left(regexp_replace(upper(p_text), '[^A-Z0-9]', '_', 'g'), 30), greatest(2, least(30, length(p_text))), '_');
comment on function hera_internal.smart_code_segment(text) is 'Upper case, other signs as _, padded to 2 and cut to 30.';
