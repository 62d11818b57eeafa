-- hera_internal.call_answer: what a caller is told of a call: its ids, and where it stands now.
create or replace function hera_internal.call_answer(p_organization_id uuid, p_event_id uuid, p_duplicate boolean)
returns jsonb
language sql
stable
as $$
  select jsonb_build_object('success', true, 'message', case when p_duplicate then 'call already accepted' else 'call accepted' end,
    'event_id', e.id, 'delivery_id', hera_internal.delivery_id(e.id, w.webhook_no), 'connector_code', e.connector_code,
    'action', substr(e.event_type, 8), 'smart_code', e.smart_code, 'duplicate', p_duplicate,
    'status', d.status, 'reason', d.reason, 'next_attempt_at', d.next_attempt_at)
  from hera.events e
  join hera.webhooks w on w.organization_id = e.organization_id and w.id = e.installation_id and w.kind = 'channel'
  left join hera_internal.deliveries_between(p_organization_id, e.id, hera_internal.last_delivery_id(e.id), w.webhook_no, null, 1) d on true
  where e.organization_id = p_organization_id and e.id = p_event_id;
$$;
comment on function hera_internal.call_answer(uuid, uuid, boolean) is 'A call as its caller is told of it.';
