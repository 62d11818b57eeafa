-- hera_internal.installation_works: a call to the provider went well: the installation's last error is over, and one that was in error runs
-- again. Also brings its tasks in step.
create or replace function hera_internal.installation_works(p_organization_id uuid, p_installation_id uuid)
returns void
language plpgsql
volatile
as $$
begin
  perform hera_internal.set_installation_health(p_organization_id, p_installation_id);
  if exists (
    select from hera.core_entities e
    where e.organization_id = p_organization_id and e.id = p_installation_id and e.status = 'error') then
    perform hera_internal.set_installation_status('00000000-0000-0000-0000-000000000001', p_organization_id, p_installation_id, 'active');
  end if;
  perform hera_internal.keep_tasks(p_organization_id, p_installation_id);
end
$$;
comment on function hera_internal.installation_works(uuid, uuid) is 'Notes that an installation works.';
