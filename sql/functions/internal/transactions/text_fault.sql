-- hera_internal.text_fault: what is wrong with a short text of a caller, or null. An absent one has none.
create or replace function hera_internal.text_fault(p_text jsonb, p_max_length int)
returns text
language plpgsql
immutable
as $$
begin
  if p_text is null or p_text = 'null' or jsonb_typeof(p_text) = 'string' and p_text #>> '{}' ~ '^[^[:cntrl:]]+$'
    and length(p_text #>> '{}') <= p_max_length then
    return null;
  end if;
  return format('must be a string of 1 to %s characters', p_max_length);
end
$$;
comment on function hera_internal.text_fault(jsonb, int) is 'The fault of a text, or null.';
