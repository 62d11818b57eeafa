-- hera_internal.inbound_party: what has to be known of an installation to give it a part of a request. Sets the tenant to its organization.
create or replace function hera_internal.inbound_party(p_organization_id uuid, p_installation_id uuid, p_inbound jsonb)
returns hera_internal.inbound_party
language plpgsql
volatile
as $$
declare
  v_party hera_internal.inbound_party;
begin
  perform hera_internal.set_tenant(p_organization_id);
  select e.organization_id, e.id, (e.metadata ->> 'definition_version')::int, e.status,
    array(
      select hera_internal.plain_account(f.field_value, p_inbound -> 'account_prefixes')
      from hera.installation_fields f
      where f.organization_id = p_organization_id and f.installation_id = p_installation_id
        and p_inbound -> 'account_fields' ? f.field_name), null
  into v_party
  from hera.core_entities e
  where e.organization_id = p_organization_id and e.id = p_installation_id and e.status <> 'inactive';
  return v_party;
end
$$;
comment on function hera_internal.inbound_party(uuid, uuid, jsonb) is 'An installation as inbound requests see it.';
