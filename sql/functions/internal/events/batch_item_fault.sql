-- hera_internal.batch_item_fault: what is wrong with the shape of one item of a batch, or null.
create or replace function hera_internal.batch_item_fault(p_item jsonb, p_known text[])
returns jsonb
language plpgsql
immutable
as $$
declare
  v_field text;
begin
  if jsonb_typeof(p_item) <> 'object' then
    return jsonb_build_object('success', false, 'error', 'event.invalid', 'status', 400, 'field', 'events',
      'message', 'an item must be a JSON object');
  end if;
  select k into v_field
  from jsonb_each(p_item) as e (k, v)
  where k <> all (p_known)
    or (k not in ('event_data', 'options') and jsonb_typeof(v) not in ('string', 'null'))
    or (k = 'options' and v not in ('{}', '{"create_transaction": true}', '{"create_transaction": false}'))
  limit 1;
  if v_field is not null then
    return jsonb_build_object('success', false, 'error', 'event.invalid', 'status', 400, 'field', left(v_field, 100),
      'message', left(v_field, 100) || case
        when v_field <> all (p_known) then ' is unknown; known: ' || array_to_string(p_known, ', ')
        when v_field = 'options' then ' must be {} or {"create_transaction": true}'
        else ' must be a string' end);
  end if;
  return null;
end
$$;
comment on function hera_internal.batch_item_fault(jsonb, text[]) is 'The fault in the shape of a batch item, or null.';
