-- hera_internal.import_installation: bring one installation of a backup into an organization.
-- p_home: the document comes from this organization of this database. Elsewhere a new one starts paused, and one that exists keeps
-- its status; without all of its secrets it has to be authorised again.
-- Answers {type, id, source_id, code, action (created, updated, unchanged), secrets_missing}.
-- Errors: see hera_internal.importable_definition and hera_internal.opened_secrets.
create or replace function hera_internal.import_installation(
  p_actor_user_id uuid, p_organization_id uuid, p_source_id uuid, p_item jsonb, p_home boolean, p_skip_unknown boolean)
returns jsonb
language plpgsql
volatile
as $$
declare
  v_source_id uuid := hera_internal.to_uuid('document.installations.id', p_item ->> 'id');
  v_opened jsonb := hera_internal.opened_secrets(p_source_id, v_source_id, p_item -> 'secrets', p_skip_unknown);
  v_missing jsonb;
  v_definition_id uuid;
  v_id uuid;
  v_before jsonb;
  v_status text;
  v_changed boolean;
  v_field record;
begin
  v_definition_id := hera_internal.importable_definition(p_organization_id, p_item ->> 'code',
    p_item #> '{fields,installation_config,value}');
  select e.id, to_jsonb(e) into v_id, v_before
  from hera.core_entities e
  where e.organization_id = p_organization_id and e.entity_type = 'INTEGRATION_CONNECTOR_INSTALL'
    and (e.entity_code = p_item ->> 'code' and e.status <> 'inactive'
      or e.id = hera_internal.imported_id(p_organization_id, p_source_id, v_source_id, 'INTEGRATION_CONNECTOR_INSTALL'))
  order by e.status = 'inactive'
  limit 1;
  v_id := coalesce(v_id, hera_internal.imported_id(p_organization_id, p_source_id, v_source_id, 'INTEGRATION_CONNECTOR_INSTALL'));

  select coalesce(jsonb_agg(distinct s ->> 'name'), '[]') into v_missing
  from jsonb_array_elements(p_item -> 'secrets') s
  where not v_opened ? (s ->> 'name') and not exists (
    select from hera.secrets h where h.organization_id = p_organization_id and h.entity_id = v_id and h.name = s ->> 'name');
  v_status := case
    when v_missing <> '[]' then 'reauth_required'
    when p_home then p_item ->> 'status'
    else coalesce(v_before ->> 'status', 'paused') end;

  v_changed := v_before is null
    or v_before -> 'entity_name' is distinct from p_item -> 'name'
    or v_before ->> 'entity_description' is distinct from p_item ->> 'description'
    or v_before ->> 'smart_code' is distinct from p_item ->> 'smart_code' or v_before ->> 'status' is distinct from v_status
    or v_before -> 'metadata' is distinct from p_item -> 'metadata';
  if v_changed then
    insert into hera.core_entities as e (
      id, organization_id, entity_type, entity_name, entity_code, entity_description, smart_code, status, metadata, created_by, updated_by)
    values (v_id, p_organization_id, 'INTEGRATION_CONNECTOR_INSTALL', p_item ->> 'name', p_item ->> 'code', p_item ->> 'description',
      p_item ->> 'smart_code', v_status, nullif(p_item -> 'metadata', 'null'), p_actor_user_id, p_actor_user_id)
    on conflict (id, organization_id) do update set
      entity_name = excluded.entity_name, entity_description = excluded.entity_description, smart_code = excluded.smart_code,
      status = excluded.status, metadata = excluded.metadata, updated_at = hera_internal.now(), updated_by = p_actor_user_id,
      version = e.version + 1;
    perform hera_internal.store_field(p_actor_user_id, p_organization_id, v_id, 'status', 'text',
      to_jsonb(v_status), p_item ->> 'smart_code');
    perform hera_internal.link(p_actor_user_id, p_organization_id, v_id, 'CONNECTOR_INSTALLED_BY', p_organization_id);
    perform hera_internal.link(p_actor_user_id, p_organization_id, v_id, 'CONNECTOR_BASED_ON', v_definition_id);
  end if;
  if v_before is null then
    perform hera_internal.add_links(p_actor_user_id, p_organization_id, p_actor_user_id, 'INTEGRATION_MANAGES', array[v_id]);
  end if;

  for v_field in
    select f.key as name, f.value ->> 'type' as type, f.value -> 'value' as value, f.value ->> 'smart_code' as smart_code
    from jsonb_each(p_item -> 'fields') f
    where not exists (
      select from hera.core_dynamic_data d
      where d.organization_id = p_organization_id and d.entity_id = v_id and d.field_name = f.key
        and hera_internal.field_json(d) = f.value -> 'value')
  loop
    perform hera_internal.store_field(p_actor_user_id, p_organization_id, v_id, v_field.name, v_field.type,
      v_field.value, v_field.smart_code);
    v_changed := true;
  end loop;
  perform hera_internal.index_installation(p_organization_id, v_id);
  v_changed := hera_internal.restore_secrets(p_organization_id, v_id, v_opened) or v_changed;
  perform hera_internal.keep_tasks(p_organization_id, v_id);
  return jsonb_build_object('type', 'installation', 'id', v_id, 'source_id', v_source_id, 'code', p_item ->> 'code',
    'secrets_missing', v_missing,
    'action', case when v_before is null then 'created' when v_changed then 'updated' else 'unchanged' end);
end
$$;
comment on function hera_internal.import_installation(uuid, uuid, uuid, jsonb, boolean, boolean) is 'Imports an installation.';
