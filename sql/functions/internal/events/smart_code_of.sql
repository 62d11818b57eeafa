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
