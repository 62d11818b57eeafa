-- hera_event_explain_v1: why an event went, or did not go, to each webhook of its organization.
-- Caller: API, DBA.  Errors: PT403; PT404 not_found.
create or replace function public.hera_event_explain_v1(p_actor_user_id uuid, p_organization_id uuid, p_event_id uuid)
returns jsonb
language plpgsql
stable security definer
set search_path = pg_catalog, hera, pg_temp
as $$
declare
  v_event hera.events;
  v_webhooks jsonb;
begin
  perform hera_internal.authorize(p_actor_user_id, p_organization_id, 'hera_event_explain_v1', 'CALL');
  select * into v_event from hera.events e where e.organization_id = p_organization_id and e.id = p_event_id;
  if not found then
    perform hera_internal.fail(404, 'not_found', 'No such event.', 'hera_integration_event_list_v1 shows the events.');
  end if;
  with delivery as materialized (
    select d.webhook_id, hera_internal.delivery_json(d) - array['event_id', 'webhook_id'] as json
    from hera_internal.deliveries_between(
      p_organization_id, v_event.id, hera_internal.last_delivery_id(v_event.id), null, null, 65535) d
  )
  select coalesce(jsonb_agg(jsonb_build_object(
      'webhook_id', w.id, 'url', w.url,
      'matched', (select bool_and((p ->> 'matched')::boolean) from jsonb_array_elements(x.predicates) p),
      'predicates', x.predicates, 'delivery', d.json,
      'reason', case when d.json is null
        then hera_internal.no_delivery_reason(x.predicates, v_event, n.created_at, n.updated_at) end)
    order by w.webhook_no), '[]')
  into v_webhooks
  from hera.webhooks w
  join hera.core_entities n on n.organization_id = w.organization_id and n.id = w.id
  cross join lateral (select hera_internal.explain_webhook(w, v_event) as predicates offset 0) x
  left join delivery d on d.webhook_id = w.id
  where w.organization_id = p_organization_id and (w.kind = 'webhook' or d.json is not null);
  return jsonb_build_object('success', true, 'event', hera_internal.event_json(v_event) - 'event_data', 'webhooks', v_webhooks);
end
$$;
revoke all on function public.hera_event_explain_v1(uuid, uuid, uuid) from public;
grant execute on function public.hera_event_explain_v1(uuid, uuid, uuid) to hera_api, hera_dba;
comment on function public.hera_event_explain_v1(uuid, uuid, uuid) is
$doc$Every webhook of the organization, each predicate against the event (as the webhook is now), and what became of the delivery.
Answers {success, event, webhooks: [{webhook_id, url, matched, predicates: [{predicate (status, topics, connector, filter), matched, wanted,
seen, note}], delivery: {id, status, reason, attempts, last_status_code, last_error, next_attempt_at, settled_at, created_at} or null,
reason}]}. seen of a filter is {path: up to 5 values}; its note is unknown where a value has another type than the filter compares with.
reason, where there is no delivery: status_not_matched, topics_not_matched, connector_not_matched, filter_not_matched, webhook_is_newer,
webhook_changed_since (all match now), test_of_another_webhook, call_of_a_provider, not_recorded (the records of old deliveries are dropped).
Errors: PT403, PT404 not_found.

select hera_event_explain_v1('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000000',
  '0199c1c2-0000-7000-8000-000000000000');$doc$;
