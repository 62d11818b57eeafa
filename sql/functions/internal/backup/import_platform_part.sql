-- hera_internal.import_platform_part: what only a platform admin may bring in: definitions (into the platform organization) and the
-- organization's assignments. Answers what was done, as hera_internal.import_organization does.
create or replace function hera_internal.import_platform_part(p_actor_user_id uuid, p_organization_id uuid, p_part jsonb)
returns jsonb
language plpgsql
volatile
as $$
declare
  v_done jsonb := jsonb '[]';
  v_item jsonb;
  v_same boolean;
begin
  for v_item in
    select d from jsonb_array_elements(p_part -> 'definitions') d where p_organization_id = hera_internal.platform_id()
  loop
    v_same := null;
    select coalesce(v.config = v_item -> 'config', false) into v_same
    from hera.core_entities e
    left join hera.connector_versions v
      on v.organization_id = e.organization_id and v.definition_id = e.id and to_jsonb(v.version) = v_item #> '{config,version}'
    where e.organization_id = p_organization_id and e.entity_type = 'INTEGRATION_CONNECTOR_DEF' and e.entity_code = v_item ->> 'code';
    if v_same is distinct from true then
      perform hera_internal.store_definition(p_actor_user_id, v_item ->> 'code', v_item -> 'config');
    end if;
    v_done := v_done || jsonb_build_object('type', 'definition', 'code', v_item ->> 'code',
      'action', case when v_same is null then 'created' when v_same then 'unchanged' else 'updated' end);
  end loop;

  perform hera_internal.add_links(p_actor_user_id, p_organization_id, p_organization_id, 'ORG_AUTHORIZED_FOR', array(
    select e.id
    from jsonb_array_elements_text(p_part -> 'assignments') a
    join hera.core_entities e
      on e.organization_id = hera_internal.platform_id() and e.entity_type = 'INTEGRATION_CONNECTOR_DEF' and e.entity_code = a));
  return v_done;
end
$$;
comment on function hera_internal.import_platform_part(uuid, uuid, jsonb) is 'Imports definitions and assignments.';
