-- hera_internal.request_values: {placeholder: value} of the placeholders in p_templates, which is the text of all templates of a request.
-- A secret is opened only where a placeholder asks for it. One that has no value is left out.
--   vars.NAME, fields.NAME   of the definition, of the installation
--   access_token             of p_values, else the one of the authorization, else the secret that auth.token_field names
--   appsecret_proof          hex HMAC-SHA256 of that token under the secret field app_secret
--   any other                of p_values: input.to is its member to of input
-- Errors: PT409 connector.token_missing; PT500 encryption.key_missing, encryption.key_unknown.
create or replace function hera_internal.request_values(
  p_organization_id uuid, p_installation_id uuid, p_config jsonb, p_templates text, p_values jsonb)
returns jsonb
language plpgsql
stable
as $$
declare
  v_names constant text[] := array(
    select distinct btrim(split_part(m[1], '|', 1)) from regexp_matches(p_templates, '\{\{([^{}]*)\}\}', 'g') m);
  v_fields jsonb;
  v_token text;
  v_name text;
  v_value jsonb;
  v_filled jsonb := '{}';
begin
  if exists (select from unnest(v_names) n where n like 'fields.%') then
    select d.field_value_json into v_fields
    from hera.core_dynamic_data d
    where d.organization_id = p_organization_id and d.entity_id = p_installation_id and d.field_name = 'installation_config';
  end if;
  if v_names && array['access_token', 'appsecret_proof'] then
    v_token := coalesce(p_values ->> 'access_token',
      hera_internal.installation_secret(p_organization_id, p_installation_id, 'oauth_access_token'),
      hera_internal.installation_secret(p_organization_id, p_installation_id, p_config #>> '{auth,token_field}'));
    if v_token is null then
      perform hera_internal.fail(409, 'connector.token_missing', 'The installation has no access token.',
        'Authorize it at the provider, or CONFIGURE it with a token where the connector takes one.');
    end if;
  end if;

  foreach v_name in array v_names
  loop
    if v_name = 'access_token' then
      v_value := to_jsonb(v_token);
    elsif v_name = 'appsecret_proof' then
      v_value := to_jsonb(encode(hera_internal.hmac_sha256(convert_to(v_token, 'UTF8'), convert_to(
        hera_internal.installation_secret(p_organization_id, p_installation_id, 'app_secret'), 'UTF8')), 'hex'));
    elsif v_name like 'vars.%' then
      v_value := p_config -> 'vars' -> substr(v_name, 6);
    elsif v_name like 'fields.%'
      and p_config -> 'fields' @> jsonb_build_array(jsonb_build_object('name', substr(v_name, 8), 'secret', true)) then
      v_value := to_jsonb(hera_internal.installation_secret(p_organization_id, p_installation_id, substr(v_name, 8)));
    elsif v_name like 'fields.%' then
      v_value := v_fields -> substr(v_name, 8);
    else
      v_value := p_values #> string_to_array(v_name, '.');
    end if;
    if v_value <> 'null' then
      v_filled := v_filled || jsonb_build_object(v_name, v_value);
    end if;
  end loop;
  return v_filled;
end
$$;
comment on function hera_internal.request_values(uuid, uuid, jsonb, text, jsonb) is 'What the placeholders of a request stand for; holds secrets.';
