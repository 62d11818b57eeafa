-- hera_internal.event_smart_code: hera_internal.smart_code_of for names that hera_internal.event_fault has passed.
-- They hold few signs to be replaced, and translate costs a tenth of a regular expression (0.5 against 5 µs). Laid over two _, a name of
-- one sign is padded and a longer one is itself.
create or replace function hera_internal.event_smart_code(p_source text, p_type text)
returns text
language sql
immutable
return 'HERA.INTEGRATION.EVENT.'
  || upper(
    left(overlay('__' placing translate(p_source, '.:/-', '____') from 1), 30) || '.'
    || left(overlay('__' placing translate(p_type, '.:/-', '____') from 1), 30))
  || '.v1';
comment on function hera_internal.event_smart_code(text, text) is 'HERA.INTEGRATION.EVENT.<SOURCE>.<TYPE>.v1 of checked names.';
