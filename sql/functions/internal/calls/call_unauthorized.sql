-- hera_internal.call_unauthorized: the provider refused a call's authorization, so nothing was done and the call is made again: with another
-- token where there is one to be had, else when a person has authorized the installation; see hera_internal.prepare_calls.
-- p_made_at: when the refused request was made.
create or replace function hera_internal.call_unauthorized(
  p_channel hera.webhooks, p_delivery_id uuid, p_attempt smallint, p_base_attempt smallint, p_made_at timestamptz, p_now timestamptz)
returns void
language plpgsql
as $$
declare
  v_refresh constant text := case
    when exists (
      select from hera.core_entities e where e.organization_id = p_channel.organization_id and e.id = p_channel.id and e.status = 'active')
      then hera_internal.request_refresh(p_channel.organization_id, p_channel.id, p_made_at) end;
begin
  perform hera_internal.call_again(p_channel, p_delivery_id, p_attempt, p_base_attempt,
    case when v_refresh is distinct from 'due' then jsonb '60' end, p_now);
end
$$;
comment on function hera_internal.call_unauthorized(hera.webhooks, uuid, smallint, smallint, timestamptz, timestamptz) is
  'What becomes of a call whose authorization was refused.';
