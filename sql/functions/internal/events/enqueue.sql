-- hera_internal.enqueue: one delivery for each match of an event and a webhook.
-- p_match_index points into p_event_ids; p_match_kind is the webhook's ordering (none, fifo), or disabled: such a
-- delivery is recorded and not sent.
create or replace function hera_internal.enqueue(
  p_organization_id uuid, p_event_ids uuid[], p_match_index int[], p_match_webhook int[], p_match_kind text[])
returns void
language plpgsql
as $$
begin
  insert into hera.outbox_ready (organization_id, delivery_id, attempt, base_attempt)
  select p_organization_id, hera_internal.delivery_id(p_event_ids[m.i], m.webhook_no), 1, 0
  from unnest(p_match_index, p_match_webhook, p_match_kind) with ordinality as m (i, webhook_no, kind, nth)
  where m.kind = 'none';

  if 'fifo' = any (p_match_kind) then
    insert into hera.outbox_fifo_wait (organization_id, webhook_no, delivery_id, base_attempt)
    select p_organization_id, m.webhook_no, hera_internal.delivery_id(p_event_ids[m.i], m.webhook_no), 0
    from unnest(p_match_index, p_match_webhook, p_match_kind) as m (i, webhook_no, kind)
    where m.kind = 'fifo'
    order by m.i;
  end if;

  if 'disabled' = any (p_match_kind) then
    insert into hera.dead_letters (organization_id, delivery_id, status, reason, attempts, created_at)
    select p_organization_id, hera_internal.delivery_id(p_event_ids[m.i], m.webhook_no), 'disabled', 'webhook_disabled', 0,
      hera_internal.now()
    from unnest(p_match_index, p_match_webhook, p_match_kind) as m (i, webhook_no, kind)
    where m.kind = 'disabled';
  end if;
end
$$;
comment on function hera_internal.enqueue(uuid, uuid[], int[], int[], text[]) is 'Enqueues the deliveries of accepted events.';
