-- hera_internal.settle_call: the one place that decides what becomes of a call after an attempt, and logs the attempt.
-- The log says 2xx where the call succeeded and only there, as readers of the log rely on. Answers delivered, failed (again later) or dlq.
-- Caller: hera_internal.settle_calls, for one delivery of a lease that has just ended.
create or replace function hera_internal.settle_call(
  p_organization_id uuid, p_delivery_id uuid, p_attempt smallint, p_base_attempt smallint,
  p_status int, p_duration_ms int, p_error text, p_headers jsonb, p_body text, p_now timestamptz)
returns text
language plpgsql
volatile security definer
set search_path = pg_catalog, hera, pg_temp
as $$
declare
  v_channel hera.webhooks;
  v_config jsonb;
  v_action jsonb;
  v_verdict jsonb;
  v_error jsonb;
  v_outcome text;
  v_code text;
  v_body text;
begin
  perform hera_internal.set_tenant(p_organization_id);
  select * into v_channel from hera.webhooks w
  where w.organization_id = p_organization_id and w.webhook_no = hera_internal.delivery_webhook_no(p_delivery_id);
  -- Before anything of it is kept or cut: half a secret would be found by nobody.
  v_body := hera_internal.without_secrets(p_organization_id, v_channel.id, p_body);
  v_config := hera_internal.installed_definition(p_organization_id, v_channel.id);
  select hera_internal.action_of(v_config, substr(e.event_type, 8)) into v_action
  from hera.events e where e.organization_id = p_organization_id and e.id = hera_internal.delivery_event_id(p_delivery_id);
  v_verdict := hera_internal.call_verdict(v_config, v_action, p_status, p_error, p_headers, v_body, p_attempt - p_base_attempt,
    case when p_attempt >= 250 then 0 else v_channel.max_attempts end);
  v_outcome := v_verdict ->> 'outcome';
  v_error := v_verdict -> 'error';
  v_error := v_error || jsonb_strip_nulls(jsonb_build_object('message', left(v_error ->> 'message', 500)));

  v_code := case v_outcome when 'succeeded' then case when p_status not between 200 and 299 then 'duplicate_ok' end
    when 'reauth' then 'reauth' else v_error ->> 'code' end;
  insert into hera.attempts (started_at, organization_id, delivery_id, duration_ms, status_code, attempt, error, response_body)
  values (p_now - p_duration_ms * interval '1 ms', p_organization_id, p_delivery_id, p_duration_ms,
    case when v_outcome = 'succeeded' then case when p_status between 200 and 299 then p_status else 200 end
      when p_status not between 200 and 299 then p_status end,
    p_attempt, v_code, nullif(left(v_body, 16384), ''));

  if v_outcome = 'reauth' then
    perform hera_internal.call_unauthorized(v_channel, p_delivery_id, p_attempt, p_base_attempt,
      p_now - p_duration_ms * interval '1 ms', p_now);
  elsif v_outcome = 'again' then
    perform hera_internal.call_again(v_channel, p_delivery_id, p_attempt, p_base_attempt, v_verdict -> 'wait_s', p_now);
  elsif v_outcome = 'disable' then
    perform hera_internal.stop_calls(v_channel);
    v_outcome := 'failed';
  end if;
  if v_outcome in ('succeeded', 'failed', 'unknown') then
    perform hera_internal.end_call(p_organization_id, p_delivery_id, p_attempt, v_outcome, case when v_outcome <> 'succeeded' then v_error end,
      hera_internal.call_result(v_action, p_headers, v_body), p_now);
  end if;
  perform hera_internal.note_call(v_channel, v_outcome, v_error, p_headers, v_config,
    case when p_status = 429 then p_now + (v_verdict ->> 'wait_s')::float8 * interval '1 second' end, p_now);
  return case when v_outcome = 'succeeded' then 'delivered' when v_outcome in ('again', 'reauth') then 'failed' else 'dlq' end;
end
$$;
grant execute on function hera_internal.settle_call(uuid, uuid, smallint, smallint, int, int, text, jsonb, text, timestamptz) to hera_worker_owner;
comment on function hera_internal.settle_call(uuid, uuid, smallint, smallint, int, int, text, jsonb, text, timestamptz) is
  'Logs an attempt of a call and decides what becomes of it.';
