-- hera_internal.uuid_fault: what is wrong with an id of a caller, or null. An absent one has none.
create or replace function hera_internal.uuid_fault(p_id jsonb)
returns text
language plpgsql
immutable
as $$
begin
  if p_id is null or p_id = 'null' or p_id #>> '{}' ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then
    return null;
  end if;
  return 'is not a UUID';
end
$$;
comment on function hera_internal.uuid_fault(jsonb) is 'The fault of an id, or null.';
