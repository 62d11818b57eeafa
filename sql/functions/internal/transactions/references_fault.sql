-- hera_internal.references_fault: an entity that a transaction names and the organization does not have, as {error, status, field,
-- message}, or null. Another organization's entity is a missing one.
create or replace function hera_internal.references_fault(p_organization_id uuid, p_transaction jsonb, p_lines jsonb)
returns jsonb
language plpgsql
stable
as $$
declare
  v_field text;
begin
  select r.field into v_field
  from (
    select 'transaction.source_entity_id' as field, p_transaction ->> 'source_entity_id' as id
    union all
    select 'transaction.target_entity_id', p_transaction ->> 'target_entity_id'
    union all
    select format('lines[%s].entity_id', e.ordinality - 1), e.value ->> 'entity_id'
    from jsonb_array_elements(p_lines) with ordinality e
  ) r
  where r.id is not null
    and not exists (select from hera.core_entities e where e.organization_id = p_organization_id and e.id = r.id::uuid)
  limit 1;
  if v_field is null then
    return null;
  end if;
  return jsonb_build_object('success', false, 'error', 'not_found', 'status', 404, 'field', v_field,
    'message', v_field || ' names no entity of the organization');
end
$$;
comment on function hera_internal.references_fault(uuid, jsonb, jsonb) is 'The first reference to an entity that is not there, or null.';
