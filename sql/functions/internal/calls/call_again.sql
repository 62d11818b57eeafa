-- hera_internal.call_again: schedule another attempt of a call: after what the provider's answer asks for, else by the channel's own backoff;
-- ±10 % of the latter, so that not all come at once.
create or replace function hera_internal.call_again(
  p_channel hera.webhooks, p_delivery_id uuid, p_attempt smallint, p_base_attempt smallint, p_wait_s jsonb, p_now timestamptz)
returns void
language sql
as $$
  insert into hera.outbox_scheduled (organization_id, delivery_id, attempt, base_attempt, due_at)
  values (p_channel.organization_id, p_delivery_id, p_attempt + 1, p_base_attempt, p_now + interval '1 ms' * coalesce(
    nullif(p_wait_s, 'null')::float8 * 1000,
    least(p_channel.max_delay_ms, p_channel.initial_delay_ms * power(p_channel.backoff_factor::float8, p_attempt - p_base_attempt - 1))
      * (0.9 + 0.2 * random())));
$$;
comment on function hera_internal.call_again(hera.webhooks, uuid, smallint, smallint, jsonb, timestamptz) is 'Schedules another attempt of a call.';
