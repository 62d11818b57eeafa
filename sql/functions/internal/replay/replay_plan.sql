-- hera_internal.replay_plan: what a caller asks to be sent again, checked and typed.
--   {delivery_id}                           one delivery, delivered or dead
--   {webhook_id, dead_letters: true}        the dead letters of a webhook
--   {webhook_id, since}                     whatever was sent to a webhook, or died, since its event came in then
--   {webhook_id, missed: true}              events that the webhook as it is now would get and has no delivery of
-- since and until (of the event) narrow all but the first. per_second: 0.1 to 1000, default 50.
-- Errors: PT400 replay.unknown, replay.invalid, field.invalid; PT404 not_found.
create or replace function hera_internal.replay_plan(p_organization_id uuid, p_replay jsonb)
returns hera_internal.replay_plan
language plpgsql
volatile
as $$
declare
  v_plan hera_internal.replay_plan;
  v_kept timestamptz;
begin
  perform hera_internal.check_keys('replay', p_replay,
    array['delivery_id', 'webhook_id', 'dead_letters', 'missed', 'since', 'until', 'per_second']);
  if coalesce(p_replay ->> 'per_second', '50') !~ '^[0-9]{1,4}(\.[0-9]{1,3})?$'
    or coalesce(p_replay ->> 'per_second', '50')::numeric not between 0.1 and 1000 then
    perform hera_internal.fail(400, 'replay.invalid', 'replay.per_second must be a number from 0.1 to 1000', null);
  end if;
  v_plan.per_second := coalesce(p_replay ->> 'per_second', '50')::numeric;
  v_plan.delivery_id := hera_internal.to_uuid('replay.delivery_id', p_replay ->> 'delivery_id');
  v_plan.webhook_id := hera_internal.to_uuid('replay.webhook_id', p_replay ->> 'webhook_id');
  v_plan.since := hera_internal.to_time('replay.since', p_replay ->> 'since');
  v_plan.until := hera_internal.to_time('replay.until', p_replay ->> 'until');
  v_plan.kind := case
    when v_plan.delivery_id is not null and p_replay - array['delivery_id', 'per_second'] = '{}' then 'delivery'
    when v_plan.delivery_id is not null or v_plan.webhook_id is null then null
    when p_replay -> 'dead_letters' = 'true' and not p_replay ? 'missed' then 'dead_letters'
    when p_replay -> 'missed' = 'true' and not p_replay ? 'dead_letters' then 'missed'
    when v_plan.since is not null and not p_replay ?| array['dead_letters', 'missed'] then 'period'
  end;
  if v_plan.kind is null then
    perform hera_internal.fail(400, 'replay.invalid', 'replay says not what to send again',
      'Send {"delivery_id": …}, or {"webhook_id": …} with "dead_letters": true, "missed": true or "since": ….');
  end if;

  select w.id, w.webhook_no into v_plan.webhook_id, v_plan.webhook_no
  from hera.webhooks w
  where w.organization_id = p_organization_id
    and (w.id = v_plan.webhook_id or w.webhook_no = hera_internal.delivery_webhook_no(v_plan.delivery_id));
  if v_plan.webhook_no is null then
    perform hera_internal.fail(404, 'not_found', 'No such webhook or delivery.', 'hera_webhook_deliveries_v1 shows the deliveries.');
  end if;

  if v_plan.kind in ('period', 'missed') and exists (
    select from hera.webhooks w where w.organization_id = p_organization_id and w.id = v_plan.webhook_id and w.kind = 'channel') then
    perform hera_internal.fail(400, 'replay.invalid', 'Calls of a provider are not made again by period.', 'Send delivery_id, or dead_letters: true.');
  elsif v_plan.kind = 'missed' then
    -- What retention has taken of attempts and dead letters would look missed.
    select max(hera_internal.now() - p.days * interval '1 day') into v_kept
    from hera_internal.retention_policies() p
    where p.organization_id = p_organization_id and p.kind in ('attempts', 'dead_letters');
    perform hera_internal.set_tenant(p_organization_id);
    v_plan.since := greatest(v_plan.since, v_kept);
  end if;
  return v_plan;
end
$$;
comment on function hera_internal.replay_plan(uuid, jsonb) is 'Types the request of a replay.';
