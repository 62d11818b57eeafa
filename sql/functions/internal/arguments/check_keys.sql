-- hera_internal.check_keys: refuse a JSON object with a key that nothing reads: a misspelt key must not be lost silently.
-- Errors: PT400 <p_field>.invalid, <p_field>.unknown.
create or replace function hera_internal.check_keys(p_field text, p_object jsonb, p_known text[])
returns void
language plpgsql
as $$
declare
  v_unknown text;
begin
  if p_object is null or jsonb_typeof(p_object) <> 'object' then
    perform hera_internal.fail(400, p_field || '.invalid', p_field || ' must be a JSON object',
      case when cardinality(p_known) > 0 then 'Known keys: ' || array_to_string(p_known, ', ') end);
  end if;
  select k into v_unknown from jsonb_object_keys(p_object) k where k <> all (p_known) limit 1;
  if v_unknown is not null then
    perform hera_internal.fail(400, p_field || '.unknown', format('%s has an unknown key %s', p_field, left(v_unknown, 100)),
      coalesce('Known keys: ' || nullif(array_to_string(p_known, ', '), ''), 'Leave it empty.'));
  end if;
end
$$;
comment on function hera_internal.check_keys(text, jsonb, text[]) is 'Raises PT400 where p_object is no object or has an unknown key.';
