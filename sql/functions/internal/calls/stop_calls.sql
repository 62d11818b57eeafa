-- hera_internal.stop_calls: an installation can't call its provider any more until a person has seen to it. p_status: error, reauth_required.
-- An installation that a person has stopped meanwhile stays as it is.
create or replace function hera_internal.stop_calls(p_channel hera.webhooks, p_status text, p_error jsonb)
returns void
language plpgsql
as $$
begin
  if exists (
    select from hera.core_entities e
    where e.organization_id = p_channel.organization_id and e.id = p_channel.id and e.status in ('active', 'error', 'reauth_required')) then
    perform hera_internal.set_installation_status(uuid '00000000-0000-0000-0000-000000000001', p_channel.organization_id, p_channel.id, p_status);
  end if;
end
$$;
comment on function hera_internal.stop_calls(hera.webhooks, text, jsonb) is 'Stops the calls of an installation.';
