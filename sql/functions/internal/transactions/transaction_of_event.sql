-- hera_internal.transaction_of_event: the transaction that an event's data describes, with its lines where there are any.
-- An event's data may say much else, so other keys are left alone; the type of the event is that of the transaction where the data
-- gives none, and so is a smart code that the caller gave (but not a generated one: SMARTCODE_MISSING is for transactions).
create or replace function hera_internal.transaction_of_event(p_type text, p_data jsonb, p_smart_code text)
returns jsonb
language plpgsql
immutable
as $$
begin
  return jsonb_strip_nulls(jsonb_build_object('transaction_type', left(p_type, 64), 'smart_code', p_smart_code)) || (
    select coalesce(jsonb_object_agg(e.key, e.value), '{}')
    from jsonb_each(case when jsonb_typeof(p_data) = 'object' then p_data else '{}' end) e
    where e.key = any (hera_internal.transaction_keys()) and e.value <> 'null');
end
$$;
comment on function hera_internal.transaction_of_event(text, jsonb, text) is 'The transaction within the data of an event.';
