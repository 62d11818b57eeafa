-- hera_internal.publish: take in an event under a topic, <source>.<type> (the source has no dot), for functions that emit events.
-- Answers what hera_internal.accept_event answers.  Errors: PT400 topic.invalid, event.invalid; PT413; PT422 idempotency.mismatch.
create or replace function hera_internal.publish(
  p_actor_user_id uuid, p_organization_id uuid, p_topic text, p_payload jsonb, p_key text, p_smart_code text)
returns jsonb
language plpgsql
volatile
as $$
declare
  v_dot constant int := strpos(p_topic, '.');
  v_answer jsonb;
begin
  if coalesce(v_dot, 0) < 2 or v_dot = length(p_topic) then
    perform hera_internal.fail(400, 'topic.invalid', 'p_topic must be <source>.<type>', 'For example shop.order.paid.');
  end if;
  v_answer := hera_internal.accept_event(p_actor_user_id, p_organization_id, left(p_topic, v_dot - 1), substr(p_topic, v_dot + 1),
    p_payload, null, p_key, p_smart_code);
  if v_answer ? 'error' then
    perform hera_internal.fail_answer(v_answer);
  end if;
  return v_answer;
end
$$;
comment on function hera_internal.publish(uuid, uuid, text, jsonb, text, text) is 'Takes in an event under a topic.';
