-- hera_internal.webhook_wants: would an event go to a webhook, by topics, connector and filter? Its status aside.
create or replace function hera_internal.webhook_wants(p_webhook hera.webhooks, p_event hera.events)
returns boolean
language plpgsql
stable
as $$
begin
  return hera_internal.topic_matches(p_event.event_source || '.' || p_event.event_type, p_webhook.topic_starts)
    and (p_webhook.connector_code is null or p_webhook.connector_code is not distinct from p_event.connector_code)
    and (p_webhook.filter is null or coalesce(jsonb_path_match(p_event.event_data::jsonb, p_webhook.filter, '{}', true), false));
end
$$;
comment on function hera_internal.webhook_wants(hera.webhooks, hera.events) is 'True where the webhook asks for the event.';
