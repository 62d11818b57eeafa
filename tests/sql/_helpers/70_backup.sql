-- hera_test.installation: an installation with config and secrets, active.
create function hera_test.installation(p_organization uuid, p_code text, p_config jsonb default '{}', p_secrets jsonb default '{}') returns uuid
language plpgsql
as $$
declare
  v_id uuid := hera_internal.new_id(clock_timestamp());
begin
  insert into hera.core_entities (id, organization_id, entity_type, entity_name, entity_code, smart_code, status, created_by, updated_by)
  values (v_id, p_organization, 'INTEGRATION_CONNECTOR_INSTALL', p_code, p_code, 'HERA.INTEGRATION.CONNECTOR.INSTALL.v1', 'active',
    hera_test.system(), hera_test.system());
  perform hera_internal.store_field(hera_test.system(), p_organization, v_id, 'installation_config', 'json',
    '{"client_id": "x", "client_secret": "••••"}' || p_config,
    'HERA.INTEGRATION.CONNECTOR.INSTALL.v1');
  perform hera_internal.store_field(hera_test.system(), p_organization, v_id, 'status', 'text', '"active"', 'HERA.INTEGRATION.CONNECTOR.INSTALL.v1');
  perform hera_internal.link(hera_test.system(), p_organization, v_id, 'CONNECTOR_INSTALLED_BY', p_organization);
  perform hera_internal.link(hera_test.system(), p_organization, v_id, 'CONNECTOR_BASED_ON', e.id)
  from hera.core_entities e
  where e.entity_type = 'INTEGRATION_CONNECTOR_DEF' and e.entity_code = p_code;
  perform hera_internal.store_secret(p_organization, v_id, s.key, s.value) from jsonb_each_text(p_secrets) s;
  return v_id;
end
$$;

-- hera_test.integrations: all that a backup holds of an organization, opened, to compare.
create function hera_test.integrations(p_organization uuid) returns jsonb
language sql
as $$
  select jsonb_build_object(
    'installations', (select jsonb_agg(to_jsonb(e) - array['version', 'updated_at', 'updated_by'] order by e.id) from hera.core_entities e
      where e.organization_id = p_organization and e.entity_type = 'INTEGRATION_CONNECTOR_INSTALL'),
    'fields', (select jsonb_agg(jsonb_build_array(d.entity_id, d.field_name, hera_internal.field_json(d)) order by d.entity_id, d.field_name)
      from hera.core_dynamic_data d where d.organization_id = p_organization),
    'webhooks', (select jsonb_agg(to_jsonb(w) order by w.id) from hera.webhooks w where w.organization_id = p_organization),
    'secrets', (select jsonb_agg(jsonb_build_array(s.entity_id, s.name, s.version, hera_internal.unseal(s.sealed), s.hint, s.expires_at)
      order by s.entity_id, s.name, s.version) from hera.secrets s
      where s.organization_id = p_organization and (s.expires_at is null or s.expires_at > hera_internal.now())),
    'links', (select jsonb_agg(jsonb_build_array(r.from_entity_id, r.relationship_type, r.to_entity_id) order by r.from_entity_id, r.relationship_type)
      from hera.core_relationships r where r.organization_id = p_organization and r.is_active));
$$;
