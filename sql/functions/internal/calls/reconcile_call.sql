-- hera_internal.reconcile_call: the provider tells what became of a call whose outcome was unknown. p_hera_id: what the call sent as hera_id.
-- p_outcome: succeeded, failed. Answers true where there is such a call; another's, and one that is not unknown, is left alone.
-- Locks: the dead letter.
create or replace function hera_internal.reconcile_call(
  p_organization_id uuid, p_installation_id uuid, p_hera_id text, p_outcome text, p_result jsonb default '{}')
returns boolean
language plpgsql
as $$
declare
  v_now constant timestamptz := hera_internal.now();
  v_call hera.dead_letters;
begin
  if p_hera_id is null or p_hera_id !~ '^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$' then
    return false;
  end if;
  select d.* into v_call
  from hera.dead_letters d
  join hera.webhooks w
    on w.organization_id = d.organization_id and w.webhook_no = hera_internal.delivery_webhook_no(d.delivery_id)
    and w.kind = 'channel' and w.id = p_installation_id
  where d.organization_id = p_organization_id and d.delivery_id = p_hera_id::uuid and d.reason = 'outcome_unknown'
  for update of d;
  if not found then
    return false;
  elsif p_outcome = 'succeeded' then
    delete from hera.dead_letters d where d.organization_id = p_organization_id and d.delivery_id = v_call.delivery_id;
    -- Delivered is what the log says.
    insert into hera.attempts (started_at, organization_id, delivery_id, duration_ms, status_code, attempt, error)
    values (v_now, p_organization_id, v_call.delivery_id, 0, 200, v_call.attempts + 1, 'reconciled');
  end if;
  perform hera_internal.end_call(p_organization_id, v_call.delivery_id, v_call.attempts, p_outcome,
    case when p_outcome = 'failed' then jsonb_build_object('class', 'permanent', 'code', 'reconciled_failed') || p_result end,
    p_result || '{"reconciled": true}', v_now);
  return true;
end
$$;
comment on function hera_internal.reconcile_call(uuid, uuid, text, text, jsonb) is 'Settles a call of which nobody knew what became of it.';
