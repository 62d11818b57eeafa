-- hera_internal.no_delivery_reason: why an event has no delivery to a webhook, as a code: the first predicate that fails; else it was a
-- test of another webhook, a call, the webhook is newer than the event or was changed since, or nothing is known of it (any more).
create or replace function hera_internal.no_delivery_reason(
  p_predicates jsonb, p_event hera.events, p_created_at timestamptz, p_updated_at timestamptz)
returns text
language plpgsql
immutable
as $$
begin
  return coalesce(
    (select (e.p ->> 'predicate') || '_not_matched'
     from jsonb_array_elements(p_predicates) with ordinality as e (p, nth)
     where not (e.p ->> 'matched')::boolean
     order by e.nth
     limit 1),
    case
      when hera_internal.is_call(p_event) then 'call_of_a_provider'
      when p_event.event_source = 'hera' and p_event.event_type = 'webhook.test' then 'test_of_another_webhook'
      when p_created_at > p_event.created_at then 'webhook_is_newer'
      when p_updated_at > p_event.created_at then 'webhook_changed_since'
      else 'not_recorded'
    end);
end
$$;
comment on function hera_internal.no_delivery_reason(jsonb, hera.events, timestamptz, timestamptz) is 'Why there is no delivery.';
