-- hera_internal.prepare_calls: make the requests of the calls in a claimed batch.
--   plain      the batch without its calls
--   sendable   the same with the calls that can be sent
--   calls      the calls that can be sent, with their sealed requests and addresses
-- A call that must wait is scheduled for a minute later, and given up after a day of that; one that can't be made is a dead letter.
-- While the provider's limit is used up, calls wait for as long as it said.
create or replace function hera_internal.prepare_calls(
  p_batch hera_internal.outbox_batch, p_now timestamptz,
  out plain hera_internal.outbox_batch, out sendable hera_internal.outbox_batch, out calls hera_internal.outbox_batch, out sealed bytea[], out urls text[])
language plpgsql
volatile
as $$
declare
  v_row record;
  v_request record;
  v_fault text;
begin
  select coalesce(array_agg(d.organization_id order by d.nth), '{}'), coalesce(array_agg(d.delivery_id order by d.nth), '{}'),
    coalesce(array_agg(d.attempt order by d.nth), '{}'), coalesce(array_agg(d.base_attempt order by d.nth), '{}')
  into plain.organization_ids, plain.delivery_ids, plain.attempts, plain.base_attempts
  from hera_internal.batch_rows(p_batch, 'webhook') d;

  for v_row in select d.* from hera_internal.batch_rows(p_batch, 'channel') d order by d.nth
  loop
    if v_row.calls_after > p_now then
      insert into hera.outbox_scheduled (organization_id, delivery_id, attempt, base_attempt, due_at)
      values (v_row.organization_id, v_row.delivery_id, v_row.attempt, v_row.base_attempt, v_row.calls_after);
      continue;
    end if;
    v_request := hera_internal.call_request(v_row.organization_id, v_row.webhook_id, v_row.delivery_id);
    if v_request.sealed is not null then
      calls.organization_ids := calls.organization_ids || v_row.organization_id;
      calls.delivery_ids := calls.delivery_ids || v_row.delivery_id;
      calls.attempts := calls.attempts || v_row.attempt;
      calls.base_attempts := calls.base_attempts || v_row.base_attempt;
      sealed := sealed || v_request.sealed;
      urls := urls || v_request.url;
    elsif v_request.hold not in ('connector_inactive', 'connector_error') and p_now < hera_internal.id_time(v_row.delivery_id) + interval '1 day' then
      insert into hera.outbox_scheduled (organization_id, delivery_id, attempt, base_attempt, due_at)
      values (v_row.organization_id, v_row.delivery_id, v_row.attempt, v_row.base_attempt, p_now + interval '1 minute');
    else
      v_fault := coalesce(v_request.fault, v_request.hold);
      perform hera_internal.end_call(v_row.organization_id, v_row.delivery_id, (v_row.attempt - 1)::smallint, 'failed',
        jsonb_build_object('class', 'permanent', 'code', v_fault), null, p_now);
    end if;
  end loop;
  sendable.organization_ids := plain.organization_ids || calls.organization_ids;
  sendable.delivery_ids := plain.delivery_ids || calls.delivery_ids;
  sendable.attempts := plain.attempts || calls.attempts;
  sendable.base_attempts := plain.base_attempts || calls.base_attempts;
end
$$;
grant execute on function hera_internal.prepare_calls(hera_internal.outbox_batch, timestamptz) to hera_worker_owner;
comment on function hera_internal.prepare_calls(hera_internal.outbox_batch, timestamptz) is 'The requests of the calls in a batch.';
