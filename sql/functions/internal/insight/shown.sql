-- hera_internal.shown: a value as an explanation shows it: as it is, or the beginning of its text where that is long.
create or replace function hera_internal.shown(p_value jsonb, p_max_length int)
returns jsonb
language plpgsql
immutable
as $$
declare
  v_text constant text := p_value::text;
begin
  return case when length(v_text) <= p_max_length then p_value else to_jsonb(left(v_text, p_max_length) || '…') end;
end
$$;
comment on function hera_internal.shown(jsonb, int) is 'A value, cut to p_max_length characters of its text.';
