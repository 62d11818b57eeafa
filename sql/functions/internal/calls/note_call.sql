-- hera_internal.note_call: keep the health of an installation after a call: an error at once, a success once a minute at most, so that calls
-- that are settled side by side do not wait for each other; and put the channel off where the provider says that its limit is used up.
create or replace function hera_internal.note_call(
  p_channel hera.webhooks, p_outcome text, p_error jsonb, p_headers jsonb, p_config jsonb, p_now timestamptz)
returns void
language plpgsql
as $$
declare
  v_health jsonb;
begin
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
comment on function hera_internal.note_call(hera.webhooks, text, jsonb, jsonb, jsonb, timestamptz) is 'Health of an installation after a call.';
