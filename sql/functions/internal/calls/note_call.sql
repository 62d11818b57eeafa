-- hera_internal.note_call: keep the health of an installation after a call: an error at once, a success once a minute at most, so that calls
-- that are settled side by side do not wait for each other; and put the channel off where the provider says that its limit is used up,
-- by a header or, p_until, by its 429.
create or replace function hera_internal.note_call(
  p_channel hera.webhooks, p_outcome text, p_error jsonb, p_headers jsonb, p_config jsonb, p_until timestamptz, p_now timestamptz)
returns void
language plpgsql
as $$
declare
  v_until constant timestamptz := hera_internal.used_up_until(p_config, p_headers, p_now);
  v_health jsonb;
begin
  if v_until is not null or p_until is not null then
    update hera.webhooks w set calls_after = greatest(w.calls_after, v_until, p_until)
    where w.organization_id = p_channel.organization_id and w.id = p_channel.id;
  end if;
  if p_outcome = 'succeeded' then
    v_health := hera_internal.installation_health(p_channel.organization_id, p_channel.id);
    if v_health ->> 'last_error' is not null
      or coalesce((v_health ->> 'last_success_at')::timestamptz, '-infinity') < p_now - interval '1 minute' then
      perform hera_internal.set_installation_health(p_channel.organization_id, p_channel.id);
    end if;
  else
    perform hera_internal.set_installation_health(p_channel.organization_id, p_channel.id,
      concat_ws(': ', p_error ->> 'code', p_error ->> 'message'));
  end if;
end
$$;
comment on function hera_internal.note_call(hera.webhooks, text, jsonb, jsonb, jsonb, timestamptz, timestamptz) is 'Health of an installation after a call.';
