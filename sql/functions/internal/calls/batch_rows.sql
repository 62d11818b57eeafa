-- hera_internal.batch_rows: the deliveries of a batch whose webhook is of a kind, with its id and their place in the batch.
create or replace function hera_internal.batch_rows(
  p_batch hera_internal.outbox_batch, p_kind text,
  out nth bigint, out organization_id uuid, out delivery_id uuid, out attempt smallint, out base_attempt smallint, out webhook_id uuid,
  out calls_after timestamptz)
returns setof record
language sql
stable
as $$
  select d.nth, d.organization_id, d.delivery_id, d.attempt, d.base_attempt, w.id, w.calls_after
  from unnest(p_batch.organization_ids, p_batch.delivery_ids, p_batch.attempts, p_batch.base_attempts) with ordinality
    as d (organization_id, delivery_id, attempt, base_attempt, nth)
  join hera.webhooks w on w.organization_id = d.organization_id and w.webhook_no = hera_internal.delivery_webhook_no(d.delivery_id)
  where w.kind = p_kind;
$$;
grant execute on function hera_internal.batch_rows(hera_internal.outbox_batch, text) to hera_worker_owner;
comment on function hera_internal.batch_rows(hera_internal.outbox_batch, text) is 'The deliveries of a batch to webhooks of a kind.';
