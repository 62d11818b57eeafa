-- hera_internal.call_unauthorized: the provider refused a call's authorization. The first time the token is refreshed where it can be, and the
-- call is made again; else, and the second time, the installation needs a person. The call waits for that, see hera_internal.prepare_calls.
-- Answers again: a refused call was not done.
create or replace function hera_internal.call_unauthorized(
  p_channel hera.webhooks, p_delivery_id uuid, p_attempt smallint, p_base_attempt smallint, p_error jsonb, p_now timestamptz)
returns text
language plpgsql
as $$
begin
  perform hera_internal.stop_calls(p_channel, 'reauth_required', p_error);
  perform hera_internal.call_again(p_channel, p_delivery_id, p_attempt, p_base_attempt, '60', p_now);
  return 'again';
end
$$;
comment on function hera_internal.call_unauthorized(hera.webhooks, uuid, smallint, smallint, jsonb, timestamptz) is
  'What becomes of a call whose authorization was refused.';
