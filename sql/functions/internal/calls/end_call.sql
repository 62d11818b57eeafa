-- hera_internal.end_call: a call has come to its end: a dead letter unless it was done, and an event that tells.
-- p_outcome: succeeded, failed, unknown (it may have been done; it is not repeated by itself). p_error: {class, code, message, status}.
-- p_result: of one that succeeded. p_attempts: made so far.
-- The event is <connector>.action.<code>.<outcome>, or what the action emits; it goes to the webhooks of the organization.
create or replace function hera_internal.end_call(
  p_organization_id uuid, p_delivery_id uuid, p_attempts smallint, p_outcome text, p_error jsonb, p_result jsonb, p_now timestamptz)
returns void
language plpgsql
volatile security definer
set search_path = pg_catalog, hera, pg_temp
as $$
declare
  v_event hera.events;
  v_action jsonb;
  v_code text;
begin
  perform hera_internal.set_tenant(p_organization_id);
  select * into v_event from hera.events e where e.organization_id = p_organization_id and e.id = hera_internal.delivery_event_id(p_delivery_id);
  v_code := substr(v_event.event_type, 8);
  v_action := hera_internal.action_of(hera_internal.installed_definition(p_organization_id, v_event.installation_id), v_code);
  if p_outcome <> 'succeeded' then
    insert into hera.dead_letters as d (organization_id, delivery_id, status, reason, attempts, last_status_code, last_error, created_at)
    values (p_organization_id, p_delivery_id,
      case when p_error ->> 'code' = 'blocked_address' then 'blocked' when p_error ->> 'code' like 'connector\_%' then 'disabled' else 'dlq' end,
      case when p_outcome = 'unknown' then 'outcome_unknown' else p_error ->> 'code' end, p_attempts, (p_error ->> 'status')::smallint,
      p_error ->> 'code', p_now)
    on conflict (organization_id, delivery_id) do update set
      status = excluded.status, reason = excluded.reason, attempts = excluded.attempts,
      last_status_code = excluded.last_status_code, last_error = excluded.last_error, created_at = excluded.created_at;
  end if;
  perform hera_internal.call_event(v_event,
    case when p_outcome = 'succeeded' then coalesce(v_action ->> 'emits', v_event.event_type || '.succeeded')
      else v_event.event_type || '.' || p_outcome end,
    jsonb_strip_nulls(jsonb_build_object('action', v_code, 'connector_code', v_event.connector_code, 'event_id', v_event.id,
      'delivery_id', p_delivery_id, 'enriches', substring(v_event.idempotency_key from '^hera\.enrich:([0-9a-f-]{36}):'), 'error', p_error))
      || case when p_outcome = 'succeeded' then jsonb_build_object('result', coalesce(p_result, '{}')) else '{}' end);
end
$$;
grant execute on function hera_internal.end_call(uuid, uuid, smallint, text, jsonb, jsonb, timestamptz) to hera_worker_owner;
comment on function hera_internal.end_call(uuid, uuid, smallint, text, jsonb, jsonb, timestamptz) is 'Ends a call and tells of it.';
