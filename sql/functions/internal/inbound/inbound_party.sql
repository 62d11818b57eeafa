-- hera_internal.inbound_party: a live installation as inbound requests see it, without its accounts. Sets the tenant to its organization.
create or replace function hera_internal.inbound_party(p_organization_id uuid, p_installation_id uuid)
returns hera_internal.inbound_party
language plpgsql
volatile
as $$
declare
  v_party hera_internal.inbound_party;
begin
  perform hera_internal.set_tenant(p_organization_id);
  select e.organization_id, e.id, (e.metadata ->> 'definition_version')::int, e.status, array[]::text[], null
  into v_party
  from hera.core_entities e
  where e.organization_id = p_organization_id and e.id = p_installation_id and e.status <> 'inactive';
  return v_party;
end
$$;
comment on function hera_internal.inbound_party(uuid, uuid) is 'An installation as inbound requests see it.';
