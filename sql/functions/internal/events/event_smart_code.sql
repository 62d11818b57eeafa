-- hera_internal.event_smart_code: hera_internal.smart_code_of for names that hera_internal.event_fault has passed.
-- They hold few signs to be replaced, and translate costs a tenth of a regular expression (0.5 against 5 µs).
create or replace function hera_internal.event_smart_code(p_source text, p_type text)
returns text
language sql
immutable
return 'HERA.INTEGRATION.EVENT.'
  || upper(
    rpad(translate(p_source, '.:/-', '____'), greatest(2, least(30, length(p_source))), '_') || '.'
    || rpad(translate(p_type, '.:/-', '____'), greatest(2, least(30, length(p_type))), '_'))
  || '.v1';
comment on function hera_internal.event_smart_code(text, text) is 'HERA.INTEGRATION.EVENT.<SOURCE>.<TYPE>.v1 of checked names.';
