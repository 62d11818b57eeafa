-- hera_internal.store_tokens: keep what a token endpoint answered, by the definition's response_map. False where there is no token in it.
--   access_token, refresh_token            sealed; without a new refresh token the old one stays
--   expires_in, refresh_token_expires_in   seconds, as token_expires_at and refresh_token_expires_at
--   scope                                  as oauth_scope
--   the name of a field                    into the installation's configuration: the account that somebody has authorized
-- A refresh that is under way is no longer wanted.
create or replace function hera_internal.store_tokens(
  p_actor_user_id uuid, p_organization_id uuid, p_installation_id uuid, p_config jsonb, p_answer jsonb)
returns boolean
language plpgsql
volatile
as $$
declare
  v_now constant timestamptz := hera_internal.now();
  v_smart_code text;
  v_config jsonb;
  v_change jsonb := '{}';
  v_name text;
  v_value text;
  v_found jsonb := '{}';
begin
  for v_name, v_value in
    select m.key, hera_internal.first_text(p_answer, array[m.value]) from jsonb_each_text(p_config #> '{auth,response_map}') m
  loop
    v_found := v_found || case when coalesce(v_value, '') = '' then '{}' else jsonb_build_object(v_name, v_value) end;
  end loop;
  if not v_found ? 'access_token' then
    return false;
  end if;

  perform hera_internal.store_secret(p_organization_id, p_installation_id, 'oauth_access_token', v_found ->> 'access_token');
  if v_found ? 'refresh_token' then
    perform hera_internal.store_secret(p_organization_id, p_installation_id, 'oauth_refresh_token', v_found ->> 'refresh_token');
  end if;
  select e.smart_code into v_smart_code
  from hera.core_entities e
  where e.organization_id = p_organization_id and e.id = p_installation_id;
  delete from hera.core_dynamic_data d
  where d.organization_id = p_organization_id and d.entity_id = p_installation_id and d.field_name = 'token_expires_at';
  foreach v_name in array array['expires_in', 'refresh_token_expires_in']
  loop
    -- A century is as good as no end.
    if v_found ->> v_name ~ '^[0-9]{1,10}(\.[0-9]+)?$' and (v_found ->> v_name)::numeric < 3153600000 then
      perform hera_internal.store_field(p_actor_user_id, p_organization_id, p_installation_id,
        case v_name when 'expires_in' then 'token_expires_at' else 'refresh_token_expires_at' end, 'date',
        to_jsonb(v_now + (v_found ->> v_name)::numeric * interval '1 second'), v_smart_code);
    end if;
  end loop;
  if v_found ? 'scope' then
    perform hera_internal.store_field(p_actor_user_id, p_organization_id, p_installation_id, 'oauth_scope', 'text',
      v_found -> 'scope', v_smart_code);
  end if;

  select coalesce(jsonb_object_agg(f.value ->> 'name', v_found -> (f.value ->> 'name')), '{}') into v_change
  from jsonb_array_elements(p_config -> 'fields') f
  where v_found ? (f.value ->> 'name') and f.value ->> 'type' = 'string' and f.value -> 'secret' is distinct from 'true';
  if v_change <> '{}' then
    -- A field that does not take the value stays as it was: the tokens are worth more.
    begin
      select d.field_value_json into v_config
      from hera.core_dynamic_data d
      where d.organization_id = p_organization_id and d.entity_id = p_installation_id and d.field_name = 'installation_config';
      perform hera_internal.configure_installation(p_actor_user_id, p_organization_id, p_installation_id, p_config -> 'fields', v_config, v_change);
    exception
      when sqlstate 'PT400' then null;
    end;
  end if;
  update hera.connector_tasks t set fence = null, tries = 0
  where t.organization_id = p_organization_id and t.installation_id = p_installation_id and t.kind = 'refresh';
  return true;
end
$$;
comment on function hera_internal.store_tokens(uuid, uuid, uuid, jsonb, jsonb) is 'Stores the tokens of an answer, sealed.';
