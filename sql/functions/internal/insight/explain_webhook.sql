-- hera_internal.explain_webhook: each predicate that decides whether an event goes to a webhook: what the webhook asks for, what the
-- event has, and whether that matches, as the webhook is now. A filter that is neither true nor false (a value of another type) is unknown
-- and counts as false.
create or replace function hera_internal.explain_webhook(p_webhook hera.webhooks, p_event hera.events)
returns jsonb
language plpgsql
stable
as $$
declare
  v_topic constant text := p_event.event_source || '.' || p_event.event_type;
  v_filter constant boolean := case when p_webhook.filter is not null
    then jsonb_path_match(p_event.event_data::jsonb, p_webhook.filter, '{}', true) end;
begin
  return jsonb_build_array(
    jsonb_build_object('predicate', 'status', 'matched', p_webhook.status = 'active', 'wanted', 'active', 'seen', p_webhook.status,
      'note', p_webhook.status_reason),
    jsonb_build_object('predicate', 'topics', 'matched', hera_internal.topic_matches(v_topic, p_webhook.topic_starts),
      'wanted', p_webhook.topics, 'seen', v_topic),
    jsonb_build_object('predicate', 'connector',
      'matched', p_webhook.connector_code is null or p_webhook.connector_code is not distinct from p_event.connector_code,
      'wanted', p_webhook.connector_code, 'seen', p_event.connector_code),
    jsonb_build_object('predicate', 'filter', 'matched', p_webhook.filter is null or coalesce(v_filter, false), 'wanted', p_webhook.filter,
      'seen', case when p_webhook.filter is not null then hera_internal.filter_values(p_webhook.filter, p_event.event_data::jsonb) end,
      'note', case when p_webhook.filter is not null and v_filter is null then 'unknown' end));
end
$$;
comment on function hera_internal.explain_webhook(hera.webhooks, hera.events) is 'The predicates of a webhook against an event.';
