-- hera_internal.filter_fault: what is wrong with a webhook's filter and at which character, or null.
-- A filter is a jsonpath predicate over the event's data, within the limits of hera_internal.path_fault.
create or replace function hera_internal.filter_fault(p_filter text)
returns text
language plpgsql
immutable
as $$
declare
  v_path record;
begin
  if length(p_filter) not between 1 and 1000 then
    return 'must have 1 to 1000 characters';
  end if;
  v_path := hera_internal.path_fault(p_filter);
  if v_path.fault is not null then
    return v_path.fault || coalesce(' (at character ' || v_path.at_character || ')', '');
  end if;
  -- A predicate answers true, false or unknown for any document; a path that selects values raises.
  perform jsonb_path_match('{}', p_filter::jsonpath, '{}', false);
  return null;
exception
  when syntax_error or invalid_text_representation then
    return 'is no jsonpath: ' || sqlerrm || coalesce(' (at character ' || hera_internal.syntax_position(p_filter, sqlerrm) || ')', '');
  when singleton_sql_json_item_required then
    return 'must be a predicate such as $.total > 100';
  when others then
    return 'is refused: ' || sqlerrm;
end
$$;
comment on function hera_internal.filter_fault(text) is 'The fault of a jsonpath filter, or null.';
