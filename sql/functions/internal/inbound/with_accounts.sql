-- hera_internal.with_accounts: an installation with what its account fields say. The tenant must be its organization.
create or replace function hera_internal.with_accounts(p_party hera_internal.inbound_party, p_inbound jsonb)
returns hera_internal.inbound_party
language plpgsql
volatile
as $$
declare
  v_party hera_internal.inbound_party := p_party;
begin
  v_party.accounts := array(
    select hera_internal.plain_account(f.field_value, p_inbound -> 'account_prefixes')
    from hera.installation_fields f
    where f.organization_id = p_party.organization_id and f.installation_id = p_party.installation_id
      and p_inbound -> 'account_fields' ? f.field_name);
  return v_party;
end
$$;
comment on function hera_internal.with_accounts(hera_internal.inbound_party, jsonb) is 'An installation with its accounts.';
