-- hera_webhook_config_v1: the webhooks of an organization.
-- Caller: API, DBA.  Writes: core_entities, core_dynamic_data, core_relationships, webhooks, secrets, idempotent_calls, audit_log;
--   TEST: events, outbox.
-- Errors: PT400 operation.unknown, webhook_config.invalid, webhook_config.unknown; PT403; PT404 not_found;
--   PT409 webhook.inactive, webhook.limit; PT422 idempotency.mismatch; PT500 encryption.key_missing.
create or replace function public.hera_webhook_config_v1(
  p_actor_user_id uuid,
  p_organization_id uuid,
  p_operation text default 'LIST',
  p_webhook_config jsonb default '{}',
  p_connector_code text default null,
  p_webhook_id uuid default null)
returns jsonb
language plpgsql
volatile security definer
set search_path = pg_catalog, hera, pg_temp
as $$
declare
  v_known constant text[] := array['url', 'secret', 'topics', 'filter', 'transform', 'headers', 'retry_policy', 'timeout_ms',
    'rate_limit_per_second', 'ordering', 'description', 'metadata'];
  v_name constant text := 'hera_webhook_config_v1';
  v_key text;
  v_webhook hera.webhooks;
  v_answer jsonb;
begin
  if p_operation is null or p_operation not in ('LIST', 'GET', 'CREATE', 'UPDATE', 'DELETE', 'ENABLE', 'TEST', 'ROTATE_SECRET') then
    perform hera_internal.unknown_operation(p_operation, 'LIST, GET, CREATE, UPDATE, DELETE, ENABLE, TEST, ROTATE_SECRET');
  end if;
  perform hera_internal.authorize(p_actor_user_id, p_organization_id, v_name, p_operation);
  v_key := hera_internal.call_key('webhook_config', p_webhook_config);
  p_webhook_config := p_webhook_config - 'idempotency_key';
  if p_operation = 'LIST' then
    return hera_internal.page_answer('webhooks', hera_internal.webhooks_json(p_organization_id, p_webhook_id, p_connector_code),
      'webhook_config', p_webhook_config - v_known, array['status']);
  end if;
  perform hera_internal.check_keys('webhook_config', p_webhook_config,
    case p_operation when 'ROTATE_SECRET' then array['secret', 'overlap_seconds'] else v_known end);
  if p_operation <> 'GET' then
    v_answer := hera_internal.repeated_call(p_organization_id, v_name, v_key,
      jsonb_build_array(p_operation, p_webhook_id, p_connector_code, p_webhook_config));
    if v_answer is not null then
      return v_answer;
    end if;
  end if;

  if p_operation = 'CREATE' then
    v_answer := hera_internal.create_webhook(p_actor_user_id, p_organization_id, p_webhook_config, p_connector_code);
    perform hera_internal.audit(p_actor_user_id, p_organization_id, v_name, p_operation, (v_answer ->> 'id')::uuid,
      p_webhook_config - array['secret', 'headers']);
    return hera_internal.keep_answer(p_organization_id, v_name, v_key, jsonb_build_object('success', true, 'webhook', v_answer),
      '{webhook,secret}');
  end if;

  select * into v_webhook
  from hera.webhooks w
  where w.organization_id = p_organization_id and w.id = p_webhook_id and w.kind = 'webhook'
  for update;
  if not found then
    perform hera_internal.fail(404, 'not_found', 'No such webhook.', 'LIST shows the webhooks; pass p_webhook_id.');
  end if;
  v_answer := case p_operation
    when 'GET' then null
    when 'UPDATE' then hera_internal.update_webhook(p_actor_user_id, v_webhook, p_webhook_config, p_connector_code)
    when 'TEST' then hera_internal.send_test(p_actor_user_id, v_webhook)
    when 'ROTATE_SECRET' then hera_internal.rotate_webhook_secret(v_webhook, p_webhook_config)
    else hera_internal.set_webhook_status(p_actor_user_id, v_webhook, case p_operation when 'ENABLE' then 'active' else 'inactive' end)
  end;
  if p_operation <> 'GET' then
    -- The others neither read nor check what else the configuration says.
    perform hera_internal.audit(p_actor_user_id, p_organization_id, v_name, p_operation, p_webhook_id,
      case when p_operation in ('UPDATE', 'ROTATE_SECRET') then p_webhook_config - array['secret', 'headers'] else '{}' end);
  end if;
  if p_operation <> 'TEST' then
    v_answer := jsonb_build_object('success', true, 'webhook',
      (hera_internal.webhooks_json(p_organization_id, p_webhook_id, null) -> 0) || coalesce(v_answer, '{}'));
  end if;
  return hera_internal.keep_answer(p_organization_id, v_name, case when p_operation <> 'GET' then v_key end, v_answer, '{webhook,secret}');
end
$$;
revoke all on function public.hera_webhook_config_v1(uuid, uuid, text, jsonb, text, uuid) from public;
grant execute on function public.hera_webhook_config_v1(uuid, uuid, text, jsonb, text, uuid) to hera_api, hera_dba;
comment on function public.hera_webhook_config_v1(uuid, uuid, text, jsonb, text, uuid) is
$doc$Webhooks: LIST, GET, CREATE, UPDATE (merges; null takes a key out), DELETE (deactivates), ENABLE, TEST (sends an event
hera.webhook.test to this webhook alone), ROTATE_SECRET ({secret, overlap_seconds}; both secrets sign for the overlap, 86400 by default).

p_webhook_config: {url, secret, topics, filter, transform, headers, retry_policy {max_attempts, backoff_factor, initial_delay_ms,
max_delay_ms}, timeout_ms, rate_limit_per_second, ordering, description, metadata}. url: https. topics: exact, prefix.* or *; all where absent.
filter: a jsonpath predicate over the event's data. transform: a JSON template with up to 100 {{ jsonpath }} over {id, type, timestamp,
organization_id, topic, smart_code, data} that replaces data; a path takes the first value it finds and looks into arrays only by [0], [*] or ?.
Where it makes more than 4 MiB, data is {"transform_error": "too_large"}. An error names the place of a fault in a filter or transform. ordering: none or fifo.
p_connector_code: binds the webhook to the events of one connector.
p_webhook_config of LIST: {limit (1 to 1000, all where absent), cursor, status}. idempotency_key in it: the same key with the same call answers the first
one with duplicate: true (a secret masked) and writes nothing.

Answers {success, webhooks: […], next_cursor} or {success, webhook: {id, status, url, …}}. A secret is shown once, by CREATE and ROTATE_SECRET; else masked.
Errors: PT400 webhook_config.invalid or .unknown, PT403, PT404 not_found, PT409 webhook.inactive, PT422
idempotency.mismatch, PT500 encryption.key_missing.

select hera_webhook_config_v1('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000000',
  'CREATE', '{"url": "https://example.com/hook", "topics": ["shop.*"]}');$doc$;
