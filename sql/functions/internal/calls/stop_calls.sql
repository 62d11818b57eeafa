-- hera_internal.stop_calls: the provider wants no more calls, so the installation is in error until a person has seen to it. One that a person
-- has stopped meanwhile stays as it is.
create or replace function hera_internal.stop_calls(p_channel hera.webhooks)
returns void
language plpgsql
as $$
begin
  if exists (
    select from hera.core_entities e
    where e.organization_id = p_channel.organization_id and e.id = p_channel.id and e.status in ('active', 'reauth_required')) then
    perform hera_internal.set_installation_status(uuid '00000000-0000-0000-0000-000000000001', p_channel.organization_id, p_channel.id, 'error');
    perform hera_internal.keep_tasks(p_channel.organization_id, p_channel.id);
  end if;
end
$$;
comment on function hera_internal.stop_calls(hera.webhooks) is 'Stops the calls of an installation.';
