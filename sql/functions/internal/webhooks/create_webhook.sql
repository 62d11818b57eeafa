-- hera_internal.create_webhook: a new webhook with its secret, which is answered this once.
create or replace function hera_internal.create_webhook(
  p_actor_user_id uuid, p_organization_id uuid, p_config jsonb, p_connector_code text)
returns jsonb
language plpgsql
as $$
declare
  v_id uuid := hera_internal.new_id(hera_internal.now());
  v_secret text := coalesce(p_config ->> 'secret', hera_internal.new_webhook_secret());
  v_config jsonb := hera_internal.merge_webhook_config('{}', p_config);
begin
  perform hera_internal.check_webhook_config(v_config);
  perform hera_internal.store_webhook(p_actor_user_id, p_organization_id, v_id, v_config, p_connector_code);
  perform hera_internal.store_webhook_secret(p_organization_id, v_id, v_secret, interval '0');
  if p_config ? 'headers' then
    v_config := v_config || jsonb_build_object('headers',
      hera_internal.store_webhook_headers(p_organization_id, v_id, p_config -> 'headers'));
    perform hera_internal.store_webhook(p_actor_user_id, p_organization_id, v_id, v_config, p_connector_code);
  end if;
  return (hera_internal.webhooks_json(p_organization_id, v_id, null) -> 0) || jsonb_build_object('secret', v_secret);
end
$$;
comment on function hera_internal.create_webhook(uuid, uuid, jsonb, text) is 'Makes a webhook; the answer holds its secret.';
