-- hera_internal.installation_fails: an active installation is in error: its calls to the provider fail again and again.
create or replace function hera_internal.installation_fails(p_organization_id uuid, p_installation_id uuid)
returns void
language plpgsql
volatile
as $$
begin
  if exists (
    select from hera.core_entities e
    where e.organization_id = p_organization_id and e.id = p_installation_id and e.status = 'active') then
    perform hera_internal.set_installation_status('00000000-0000-0000-0000-000000000001', p_organization_id, p_installation_id, 'error');
  end if;
end
$$;
comment on function hera_internal.installation_fails(uuid, uuid) is 'Notes that an installation fails.';
