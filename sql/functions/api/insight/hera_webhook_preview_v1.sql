-- hera_webhook_preview_v1: run changed topics, filter or transform over the last events, writing nothing.
-- Caller: API, DBA.  Errors: PT400 webhook_config.unknown, webhook_config.invalid, limit.invalid; PT403; PT404 not_found.
create or replace function public.hera_webhook_preview_v1(
  p_actor_user_id uuid,
  p_organization_id uuid,
  p_webhook_id uuid default null,
  p_webhook_config jsonb default '{}',
  p_limit int default 50)
returns jsonb
language plpgsql
stable security definer
set search_path = pg_catalog, hera, pg_temp
as $$
declare
  v_before hera.webhooks;
  v_now hera.webhooks;
  v_config jsonb;
  v_preview jsonb;
begin
  perform hera_internal.authorize(p_actor_user_id, p_organization_id, 'hera_webhook_preview_v1', 'CALL');
  perform hera_internal.check_keys('webhook_config', p_webhook_config, array['topics', 'filter', 'transform']);
  if p_limit is null or p_limit not between 1 and 500 then
    perform hera_internal.fail(400, 'limit.invalid', 'p_limit must be a whole number from 1 to 500', null);
  end if;
  if p_webhook_id is not null then
    select * into v_before from hera.webhooks w where w.organization_id = p_organization_id and w.id = p_webhook_id and w.kind = 'webhook';
    if not found then
      perform hera_internal.fail(404, 'not_found', 'No such webhook.', 'LIST of hera_webhook_config_v1 shows the webhooks.');
    end if;
  end if;

  -- The change is merged and checked as UPDATE does it; the address plays no part.
  v_config := hera_internal.merge_webhook_config(
    jsonb_strip_nulls(jsonb_build_object('topics', v_before.topics, 'filter', v_before.filter)) || case
      when v_before.transform is null then '{}' else jsonb_build_object('transform', v_before.transform) end, p_webhook_config)
    || '{"url": "https://example.com/"}';
  perform hera_internal.check_webhook_config(v_config);
  v_now := v_before;
  v_now.topics := array(select jsonb_array_elements_text(v_config -> 'topics'));
  v_now.topic_starts := hera_internal.topic_starts(v_now.topics);
  v_now.filter := (v_config ->> 'filter')::jsonpath;
  v_now.transform := v_config -> 'transform';

  v_preview := hera_internal.preview_events(p_organization_id, v_before, v_now, p_limit);
  return jsonb_build_object('success', true) || v_preview || (
    select jsonb_build_object('looked_at', count(*), 'matches', count(*) filter (where (e ->> 'matches')::boolean),
      'matched_before', case when p_webhook_id is not null then count(*) filter (where (e ->> 'matched_before')::boolean) end)
    from jsonb_array_elements(v_preview -> 'events') e);
end
$$;
revoke all on function public.hera_webhook_preview_v1(uuid, uuid, uuid, jsonb, int) from public;
grant execute on function public.hera_webhook_preview_v1(uuid, uuid, uuid, jsonb, int) to hera_api, hera_dba;
comment on function public.hera_webhook_preview_v1(uuid, uuid, uuid, jsonb, int) is
$doc$Tries changed topics, filter or transform on the last p_limit events (1 to 500) of the organization and writes nothing.
p_webhook_id: the webhook to change; without one, a new webhook. p_webhook_config: {topics, filter, transform}, merged as UPDATE does (null
takes a key out). The status of the webhook plays no part.
Answers {success, looked_at, matches, matched_before, complete, events: [{event_id, topic, created_at, matches, matched_before}],
newest first, rendered: [{event_id, data}] of the first five that match}. matched_before is null without a webhook; complete is false where a
second was not enough for all events. data is a text that ends in … where it is
longer than 20,000 characters, and {"transform_error": "too_large"} where a delivery would say so.
Errors: PT400 webhook_config.invalid (with the place of the fault), webhook_config.unknown, limit.invalid, PT403, PT404 not_found.

select hera_webhook_preview_v1('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000000', null,
  '{"topics": ["shop.*"], "filter": "$.total > 100", "transform": {"order": "{{$.data.order}}"}}');$doc$;
