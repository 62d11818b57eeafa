-- hera_internal.call_action: check a call of an installation's action and store it. The request is made once here for its faults, so that the
-- caller learns of them; what is sent is made when it is sent, with the token of that time.
-- Errors: PT400 input.invalid, request.incomplete, request.url, request.header; PT404 not_found; PT409 connector.…; PT500 encryption.key_missing.
create or replace function hera_internal.call_action(
  p_actor_user_id uuid, p_organization_id uuid, p_installation_id uuid, p_status text, p_action text, p_input jsonb, p_key text,
  p_traceparent text default null)
returns jsonb
language plpgsql
as $$
declare
  v_config constant jsonb := hera_internal.installed_definition(p_organization_id, p_installation_id);
  v_action constant jsonb := hera_internal.action_of(v_config, p_action);
  v_channel hera.webhooks;
  v_input jsonb;
  v_fault text;
begin
  if v_action is null then
    perform hera_internal.fail(404, 'not_found', 'The connector has no such action.', 'It has: ' || coalesce((
      select string_agg(a ->> 'code', ', ' order by a ->> 'code') from jsonb_array_elements(v_config -> 'actions') a), 'none') || '.');
  end if;
  v_channel := hera_internal.ensure_channel(p_organization_id, p_installation_id, v_config);
  perform hera_internal.refuse_unless_live(v_channel.connector_code, p_status);
  if p_input is null or jsonb_typeof(p_input) <> 'object' then
    perform hera_internal.fail(400, 'input.invalid', 'input must be a JSON object', null);
  end if;
  v_input := hera_internal.with_defaults(p_input, v_action -> 'input_schema');
  v_fault := hera_internal.schema_fault('input', v_input, coalesce(v_action -> 'input_schema', '{"properties": {}}'));
  if v_fault is not null then
    perform hera_internal.fail(400, 'input.invalid', v_fault, 'The action''s input_schema in the connector''s config tells what it takes.');
  end if;
  perform hera_internal.provider_request(p_organization_id, p_installation_id, v_config, v_action,
    jsonb_build_object('input', v_input, 'hera_id', hera_internal.platform_id()));
  return hera_internal.store_call(p_actor_user_id, p_organization_id, v_channel, v_config, p_action, v_input, p_key, p_traceparent);
end
$$;
comment on function hera_internal.call_action(uuid, uuid, uuid, text, text, jsonb, text, text) is 'Checks and stores a call.';
