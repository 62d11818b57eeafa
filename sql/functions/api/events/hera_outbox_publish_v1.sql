-- hera_outbox_publish_v1: emit an event from business SQL, in the caller's own transaction: rolled back, it never was.
-- Caller: API, DBA, and any login that is granted it, as its own principal.  Writes: see hera_internal.accept_event.
-- Errors: PT400 topic.invalid, event.invalid, guardrail_violation:SMARTCODE_REGEX_FAIL, options.unknown, options.invalid; PT401; PT403;
--   42501 for another's actor; PT413; PT422 idempotency.mismatch.
create or replace function public.hera_outbox_publish_v1(
  p_actor_user_id uuid, p_organization_id uuid, p_topic text, p_payload jsonb, p_options jsonb default '{}')
returns jsonb
language plpgsql
volatile security definer
set search_path = pg_catalog, hera, pg_temp
as $$
declare
  v_key text;
begin
  perform hera_internal.durable();
  perform hera_internal.authorize(p_actor_user_id, p_organization_id, 'hera_outbox_publish_v1', 'CALL');
  perform hera_internal.check_keys('options', p_options, array['idempotency_key', 'smart_code']);
  foreach v_key in array array['idempotency_key', 'smart_code']
  loop
    if jsonb_typeof(p_options -> v_key) not in ('string', 'null') then
      perform hera_internal.fail(400, 'options.invalid', format('options.%s must be a string', v_key), null);
    end if;
  end loop;
  return hera_internal.publish(p_actor_user_id, p_organization_id, p_topic, p_payload,
    p_options ->> 'idempotency_key', p_options ->> 'smart_code');
end
$$;
revoke all on function public.hera_outbox_publish_v1(uuid, uuid, text, jsonb, jsonb) from public;
grant execute on function public.hera_outbox_publish_v1(uuid, uuid, text, jsonb, jsonb) to hera_api, hera_dba;
comment on function public.hera_outbox_publish_v1(uuid, uuid, text, jsonb, jsonb) is
$doc$Emits an event from business SQL in the same transaction as the business data: with the commit it is certain to be delivered, after a
rollback it never was. Any login may be granted it and then acts as the principal that hera.login_principals gives it.

p_topic: <source>.<type>, for example shop.order.paid; the source is what stands before the first dot.
p_payload: JSON object or array, at most 1 MiB, nested at most 64. p_options: {idempotency_key, smart_code}.

Answers as hera_integration_event_in_v1: {success, message, event_id, smart_code, duplicate, deliveries, …}.
Errors: PT400 topic.invalid, event.invalid, guardrail_violation:SMARTCODE_REGEX_FAIL, options.unknown, options.invalid; PT403; PT413;
PT422 idempotency.mismatch; 42501 where the login may not act as the actor.

select hera_outbox_publish_v1('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000000',
  'shop.order.paid', '{"order": 17}', '{"idempotency_key": "order-17-paid"}');$doc$;
