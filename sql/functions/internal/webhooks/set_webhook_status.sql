-- hera_internal.set_webhook_status: active or inactive, by a person. Answers null.
create or replace function hera_internal.set_webhook_status(p_actor_user_id uuid, p_webhook hera.webhooks, p_status text)
returns jsonb
language plpgsql
as $$
begin
  update hera.webhooks w set status = p_status, status_reason = null
  where w.organization_id = p_webhook.organization_id and w.id = p_webhook.id;
  update hera.core_entities e set updated_at = hera_internal.now(), updated_by = p_actor_user_id, version = e.version + 1
  where e.organization_id = p_webhook.organization_id and e.id = p_webhook.id;
  return null;
end
$$;
comment on function hera_internal.set_webhook_status(uuid, hera.webhooks, text) is 'Sets the status of a webhook.';
