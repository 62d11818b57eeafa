-- hera_outbox_claim_v1: lease due deliveries for one worker and answer what it sends.
-- Caller: outbox poller.  Writes: outbox_ready (deletes), outbox_leases; with cursor 0 see hera_internal.outbox_tick.
-- Locks: rows of outbox_ready, skipping locked ones, so any number of workers claim side by side.
-- Errors: PT400 outbox.bad_worker, outbox.bad_limit, outbox.bad_lease; PT500 encryption.key_missing.
--
-- Rows are taken in order of position, after p_cursor: under an old snapshot the dead rows before it are never looked at again.
-- Lower positions may still commit later, so the worker starts from 0 again when a claim is empty and about once a second.
-- The sender signs: two HMACs and the texts of twelve headers took 12 of 33 µs a delivery here, and take 3 there.
-- Secrets are opened once per webhook and batch, not per delivery (6 against 14 µs).
-- Arrays of a batch are taken apart in the select list: in the from clause all of it is written to a store and read again (0.74 against
-- 0.33 µs a row of seven arrays).
-- A call of a provider (see hera_connector_action_v1) has its whole request sealed in credentials, and an empty body.
create or replace function public.hera_outbox_claim_v1(
  p_worker text, p_limit int default 100, p_cursor bigint default 0, p_lease_seconds int default 120)
returns table (
  lease_id bigint, delivery_id uuid, organization_id uuid, attempt int, url text, topic text, smart_code text, body text,
  credentials bytea, timeout_ms int, traceparent text, claimed_at timestamptz, next_cursor bigint)
language plpgsql
volatile security definer
set search_path = pg_catalog, hera, pg_temp
set enable_seqscan = off
set enable_bitmapscan = off
as $$
#variable_conflict use_column
declare
  v_now timestamptz := hera_internal.now();
  v_keys text[];
  v_known bytea[];
  v_taken record;
  v_batch hera_internal.outbox_batch;
  v_is_held boolean;
  v_has_calls boolean;
  v_calls record;
  v_lease_id bigint;
begin
  if coalesce(p_worker, '') = '' or length(p_worker) > 200 then
    perform hera_internal.fail(400, 'outbox.bad_worker', 'p_worker must have 1 to 200 characters', null);
  elsif p_limit is null or p_limit not between 1 and 1000 then
    perform hera_internal.fail(400, 'outbox.bad_limit', 'p_limit must be from 1 to 1000', null);
  elsif p_lease_seconds is null or p_lease_seconds not between 1 and 3600 then
    perform hera_internal.fail(400, 'outbox.bad_lease', 'p_lease_seconds must be from 1 to 3600', null);
  end if;
  if coalesce(p_cursor, 0) = 0 then
    perform hera_internal.outbox_tick(v_now);
  end if;

  v_taken := hera_internal.take_ready(p_limit, coalesce(p_cursor, 0));
  if v_taken.cursor is null then
    return;
  end if;
  v_batch := v_taken.batch;
  v_keys := hera_internal.encryption_keys();
  v_known := hera_internal.known_keys();

  select bool_or(w.status <> 'active' or w.rate_limit_per_second is not null or hera_internal.is_sealed_off(w.organization_id, w.id, v_now, v_known)),
    coalesce(bool_or(w.kind = 'channel'), false)
  into v_is_held, v_has_calls
  from (
    select distinct d.organization_id, hera_internal.delivery_webhook_no(d.delivery_id) as webhook_no
    from (select unnest(v_batch.organization_ids) as organization_id, unnest(v_batch.delivery_ids) as delivery_id) d) k
  join hera.webhooks w on w.organization_id = k.organization_id and w.webhook_no = k.webhook_no;
  if v_is_held then
    v_batch := hera_internal.hold_back(v_batch, v_now);
  end if;
  if v_has_calls then
    v_calls := hera_internal.prepare_calls(v_batch, v_now);
    v_batch := v_calls.sendable;
  end if;
  if cardinality(v_batch.delivery_ids) = 0 then
    return;
  end if;

  insert into hera.outbox_leases (
    worker, leased_at, leased_until, organization_ids, delivery_ids, attempts, base_attempts, has_calls)
  values (p_worker, v_now, v_now + p_lease_seconds * interval '1 second',
    v_batch.organization_ids, v_batch.delivery_ids, v_batch.attempts, v_batch.base_attempts, v_has_calls)
  returning id into v_lease_id;

  if v_has_calls then
    return query
    select v_lease_id, c.delivery_id, e.organization_id, c.attempt::int, c.url, e.event_source || '.' || e.event_type, e.smart_code, '',
      c.sealed, w.timeout_ms, e.traceparent, v_now, v_taken.cursor
    from unnest((v_calls.calls).organization_ids, (v_calls.calls).delivery_ids, (v_calls.calls).attempts, v_calls.sealed, v_calls.urls)
      as c (organization_id, delivery_id, attempt, sealed, url)
    join hera.webhooks w on w.organization_id = c.organization_id and w.webhook_no = hera_internal.delivery_webhook_no(c.delivery_id)
    join hera.events e on e.organization_id = c.organization_id and e.id = hera_internal.delivery_event_id(c.delivery_id);
    v_batch := v_calls.plain;
  end if;

  return query
  with d as (
    select d.organization_id, d.delivery_id, d.attempt,
      hera_internal.delivery_webhook_no(d.delivery_id) as webhook_no, hera_internal.delivery_event_id(d.delivery_id) as event_id
    from (
      select unnest(v_batch.organization_ids) as organization_id, unnest(v_batch.delivery_ids) as delivery_id,
        unnest(v_batch.attempts) as attempt) d
  ), w as materialized (
    select w.organization_id, w.webhook_no, w.url, w.timeout_ms, w.transform,
      hera_internal.webhook_credentials(w.organization_id, w.id, v_now, v_keys) as credentials
    from (select distinct d.organization_id, d.webhook_no from d) k
    join hera.webhooks w on w.organization_id = k.organization_id and w.webhook_no = k.webhook_no
  )
  select v_lease_id, d.delivery_id, d.organization_id, d.attempt::int, w.url, e.event_source || '.' || e.event_type, e.smart_code,
    hera_internal.delivery_body(e,
      case when w.transform is null then e.event_data::text else hera_internal.transformed_data(e, w.transform)::text end),
    w.credentials, w.timeout_ms, e.traceparent, v_now, v_taken.cursor
  from d
  join w on w.organization_id = d.organization_id and w.webhook_no = d.webhook_no
  join hera.events e on e.organization_id = d.organization_id and e.id = d.event_id;
end
$$;
revoke all on function public.hera_outbox_claim_v1(text, int, bigint, int) from public;
grant execute on function public.hera_outbox_claim_v1(text, int, bigint, int) to hera_worker, hera_dba;
comment on function public.hera_outbox_claim_v1(text, int, bigint, int) is
$doc$Leases up to p_limit (1 to 1000) due deliveries to p_worker for p_lease_seconds (1 to 3600) and answers what is to be sent.

p_cursor: 0, or next_cursor of the last claim. With 0 it also returns deliveries of expired leases, promotes due retries and wakes fifo lines.
Answers rows of lease_id, delivery_id (= webhook-id), organization_id, attempt, url, topic, smart_code, body (the text to sign and send, as
UTF-8), credentials (the webhook's secrets and headers, sealed as hera_internal.seal_for_sender tells; of a call of a provider the whole request
{method, url, headers, body}, and url is its origin alone), timeout_ms, traceparent (of the
event's request, or null), claimed_at (the time to sign with) and next_cursor.
Report each row to hera_outbox_finish_v1, or give it back with hera_outbox_release_v1.
Errors: PT400 outbox.bad_worker, outbox.bad_limit, outbox.bad_lease; PT500 encryption.key_missing.

select delivery_id, url, body from hera_outbox_claim_v1('psql', 10);$doc$;
