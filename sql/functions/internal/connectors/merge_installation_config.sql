-- hera_internal.merge_installation_config: a change merged into the configuration of an installation (secrets shown masked in p_config, in
-- clear in p_change) and checked against the definition's fields. A null takes a field out, or back to its default. A secret that is sent back as its own
-- mask is as it was, so it is left out of secrets.
--   config    the whole configuration with secrets masked: what is stored and shown
--   secrets   {name: value}: the secrets to be sealed; null for one that is taken out
--   made      {name: value}: those of them that were made here, since the definition says made_if_absent
-- Errors: PT400 installation_config.invalid, installation_config.unknown, installation_config.missing.
drop function if exists hera_internal.merge_installation_config(jsonb, jsonb, jsonb);
create or replace function hera_internal.merge_installation_config(
  p_fields jsonb, p_config jsonb, p_change jsonb, out config jsonb, out secrets jsonb, out made jsonb)
language plpgsql
as $$
declare
  v_field jsonb;
  v_name text;
  v_value jsonb;
  v_fault text;
begin
  perform hera_internal.check_keys('installation_config', p_change, array(select f ->> 'name' from jsonb_array_elements(p_fields) f));
  config := p_config;
  secrets := '{}';
  made := '{}';
  for v_field in select f from jsonb_array_elements(p_fields) f
  loop
    v_name := v_field ->> 'name';
    v_value := nullif(p_change -> v_name, 'null');
    if v_value is null and (p_change ? v_name or not config ? v_name) and (v_field -> 'made_if_absent')::boolean then
      v_value := to_jsonb(hera_internal.new_webhook_secret());
      made := made || jsonb_build_object(v_name, v_value);
    elsif v_value is null and (p_change ? v_name or not config ? v_name) then
      v_value := nullif(v_field -> 'default', 'null');
    end if;
    if v_value is null then
      if p_change ? v_name then
        config := config - v_name;
        secrets := secrets || case when (v_field -> 'secret')::boolean then jsonb_build_object(v_name, null) else '{}' end;
      end if;
      if (v_field -> 'required')::boolean and not config ? v_name then
        perform hera_internal.fail(400, 'installation_config.missing', format('installation_config.%s is missing', v_name),
          v_field ->> 'description');
      end if;
      continue;
    end if;

    continue when (v_field -> 'secret')::boolean and v_value = config -> v_name;
    v_fault := case
      when (v_field -> 'secret')::boolean and v_value #>> '{}' like '••••%' then 'is the mask of another secret; send the secret itself'
      else hera_internal.field_fault(v_field, v_value)
    end;
    if v_fault is not null then
      perform hera_internal.fail(400, 'installation_config.invalid', format('installation_config.%s %s', v_name, v_fault),
        v_field ->> 'description');
    end if;
    if (v_field -> 'secret')::boolean then
      secrets := secrets || jsonb_build_object(v_name, v_value);
      v_value := to_jsonb(hera_internal.mask(v_value #>> '{}'));
    end if;
    config := config || jsonb_build_object(v_name, v_value);
  end loop;
end
$$;
comment on function hera_internal.merge_installation_config(jsonb, jsonb, jsonb) is
  'Checks and merges a change of an installation''s configuration.';
