-- hera_internal.ensure_channel: the channel of an installation whose definition has actions, made or brought up to date; null without
-- actions. Its number is taken as a webhook's is; p_webhook_no is kept where it is free.
-- Writes nothing where nothing has changed.  Locks: the organization's webhook numbers while it makes one.
create or replace function hera_internal.ensure_channel(
  p_organization_id uuid, p_installation_id uuid, p_config jsonb, p_webhook_no int default null)
returns hera.webhooks
language plpgsql
as $$
declare
  v_rate numeric;
  v_burst numeric;
  v_channel hera.webhooks;
begin
  if coalesce(jsonb_array_length(p_config -> 'actions'), 0) = 0 then
    return null;
  end if;
  select r.per_second, r.burst into v_rate, v_burst from hera_internal.call_rate(p_config) r;
  select * into v_channel from hera.webhooks w where w.organization_id = p_organization_id and w.id = p_installation_id;
  if v_channel.id is not null
    and (v_channel.rate_limit_per_second, v_channel.rate_burst) is not distinct from (v_rate, v_burst) then
    return v_channel;
  end if;
  insert into hera.webhooks as w (
    organization_id, id, webhook_no, kind, status, connector_code, installation_id, url, topics, ordering, timeout_ms,
    rate_limit_per_second, rate_burst, max_attempts, backoff_factor, initial_delay_ms, max_delay_ms)
  select p_organization_id, e.id,
    coalesce(v_channel.webhook_no, hera_internal.next_webhook_no(p_organization_id, p_webhook_no)), 'channel', 'active', e.entity_code, e.id,
    'connector:' || e.entity_code, '{}', 'none', 30000, v_rate, v_burst, 8, 2, 5000, 3600000
  from hera.core_entities e
  where e.organization_id = p_organization_id and e.id = p_installation_id and e.entity_type = 'INTEGRATION_CONNECTOR_INSTALL'
  on conflict (organization_id, id) do update set
    rate_limit_per_second = excluded.rate_limit_per_second, rate_burst = excluded.rate_burst
  returning * into v_channel;
  perform hera_internal.sync_channel(p_organization_id, p_installation_id);
  return v_channel;
end
$$;
comment on function hera_internal.ensure_channel(uuid, uuid, jsonb, int) is 'The channel of an installation.';
