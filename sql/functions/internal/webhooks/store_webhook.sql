-- hera_internal.store_webhook: write a checked configuration to all places that hold it, in one go: the INTEGRATION_WEBHOOK entity
-- and its webhook_config field (what HERA users read), hera.webhooks (what ingest and delivery read), and the endpoint with
-- its link. p_webhook_id may be new.
create or replace function hera_internal.store_webhook(
  p_actor_user_id uuid, p_organization_id uuid, p_webhook_id uuid, p_config jsonb, p_connector_code text)
returns void
language plpgsql
as $$
declare
  v_now timestamptz := hera_internal.now();
  v_policy jsonb := p_config -> 'retry_policy';
  v_connector record;
  v_installation_id uuid;
  v_webhook_no int;
  v_topics constant text[] := array(select jsonb_array_elements_text(p_config -> 'topics'));
begin
  if p_connector_code is not null then
    v_connector := hera_internal.event_connector(p_organization_id, p_connector_code);
    if v_connector.fault is not null then
      perform hera_internal.fail_answer(v_connector.fault);
    end if;
    v_installation_id := v_connector.installation_id;
  end if;

  insert into hera.core_entities as e (
    id, organization_id, entity_type, entity_name, entity_code, entity_description, smart_code, created_at, updated_at, created_by, updated_by)
  values (p_webhook_id, p_organization_id, 'INTEGRATION_WEBHOOK', left(p_config ->> 'url', 200), 'WHK-' || p_webhook_id,
    p_config ->> 'description', 'HERA.INTEGRATION.WEBHOOK.CONFIG.v1', v_now, v_now, p_actor_user_id, p_actor_user_id)
  on conflict (id, organization_id) do update set
    entity_name = excluded.entity_name, entity_description = excluded.entity_description,
    updated_at = v_now, updated_by = excluded.updated_by, version = e.version + 1;
  perform hera_internal.store_field(p_actor_user_id, p_organization_id, p_webhook_id, 'webhook_config', 'json',
    to_jsonb(p_config), 'HERA.INTEGRATION.WEBHOOK.CONFIG.v1');

  select w.webhook_no into v_webhook_no from hera.webhooks w where w.organization_id = p_organization_id and w.id = p_webhook_id;
  v_webhook_no := coalesce(v_webhook_no, hera_internal.next_webhook_no(p_organization_id));

  insert into hera.webhooks as w (
    organization_id, id, webhook_no, status, connector_code, installation_id, url, topics, topic_starts, filter, transform, ordering,
    timeout_ms, rate_limit_per_second, max_attempts, backoff_factor, initial_delay_ms, max_delay_ms)
  values (p_organization_id, p_webhook_id, v_webhook_no, 'active', p_connector_code, v_installation_id,
    p_config ->> 'url', v_topics, hera_internal.topic_starts(v_topics), (p_config ->> 'filter')::jsonpath, p_config -> 'transform',
    p_config ->> 'ordering', (p_config ->> 'timeout_ms')::int, (p_config ->> 'rate_limit_per_second')::numeric,
    (v_policy ->> 'max_attempts')::int, (v_policy ->> 'backoff_factor')::numeric,
    (v_policy ->> 'initial_delay_ms')::bigint, (v_policy ->> 'max_delay_ms')::bigint)
  on conflict (organization_id, id) do update set
    connector_code = excluded.connector_code, installation_id = excluded.installation_id, url = excluded.url,
    topics = excluded.topics, topic_starts = excluded.topic_starts, filter = excluded.filter, transform = excluded.transform,
    ordering = excluded.ordering,
    timeout_ms = excluded.timeout_ms, rate_limit_per_second = excluded.rate_limit_per_second, max_attempts = excluded.max_attempts,
    backoff_factor = excluded.backoff_factor, initial_delay_ms = excluded.initial_delay_ms, max_delay_ms = excluded.max_delay_ms;

  perform hera_internal.link(p_actor_user_id, p_organization_id, p_webhook_id, 'WEBHOOK_DELIVERS_TO',
    hera_internal.endpoint_of(p_actor_user_id, p_organization_id, p_config ->> 'url'));
  perform hera_internal.link(p_actor_user_id, p_organization_id, p_webhook_id, 'WEBHOOK_BELONGS_TO', v_installation_id);
end
$$;
comment on function hera_internal.store_webhook(uuid, uuid, uuid, jsonb, text) is 'Writes a checked webhook configuration.';
