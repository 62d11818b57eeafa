-- hera_internal.configure_installation: merge a change into an installation's configuration and store it: secrets sealed, the rest as
-- the field installation_config.
-- Answers {name: value}: the secrets that were made, for whoever must be told them.  Errors: those of merge_installation_config; PT500 encryption.key_missing.
drop function if exists hera_internal.configure_installation(uuid, uuid, uuid, jsonb, jsonb, jsonb);
create or replace function hera_internal.configure_installation(
  p_actor_user_id uuid, p_organization_id uuid, p_installation_id uuid, p_fields jsonb, p_config jsonb, p_change jsonb)
returns jsonb
language plpgsql
as $$
declare
  v_merged record := hera_internal.merge_installation_config(p_fields, p_config, p_change);
  v_smart_code text;
  v_name text;
  v_secret text;
begin
  select e.smart_code into v_smart_code
  from hera.core_entities e
  where e.organization_id = p_organization_id and e.id = p_installation_id;
  for v_name, v_secret in select s.key, s.value from jsonb_each_text(v_merged.secrets) s
  loop
    if v_secret is null then
      delete from hera.secrets s
      where s.organization_id = p_organization_id and s.entity_id = p_installation_id and s.name = v_name;
    else
      perform hera_internal.store_secret(p_organization_id, p_installation_id, v_name, v_secret);
    end if;
  end loop;
  perform hera_internal.store_field(p_actor_user_id, p_organization_id, p_installation_id, 'installation_config', 'json',
    v_merged.config, v_smart_code);
  perform hera_internal.index_installation(p_organization_id, p_installation_id);
  return v_merged.made;
end
$$;
comment on function hera_internal.configure_installation(uuid, uuid, uuid, jsonb, jsonb, jsonb) is
  'Stores a change of an installation''s configuration; answers the secrets that were made.';
