-- hera_internal.rules_of_parties: the verification rules of a definition with the fields of each installation that a request is for filled in: all
-- headers that a secret may be in. Sets the tenant where there is anything to fill in.
create or replace function hera_internal.rules_of_parties(p_inbound jsonb, p_parties hera_internal.inbound_party[])
returns jsonb
language plpgsql
volatile
as $$
declare
  v_rules jsonb := coalesce(p_inbound -> 'verify', '[]');
  v_party hera_internal.inbound_party;
begin
  if strpos(v_rules::text, '{{fields.') = 0 then
    return v_rules;
  end if;
  foreach v_party in array p_parties
  loop
    perform hera_internal.set_tenant(v_party.organization_id);
    v_rules := v_rules || hera_internal.filled_rules(p_inbound -> 'verify', (
      select coalesce(jsonb_object_agg(f.field_name, f.field_value), '{}')
      from hera.installation_fields f
      where f.organization_id = v_party.organization_id and f.installation_id = v_party.installation_id));
  end loop;
  return v_rules;
end
$$;
comment on function hera_internal.rules_of_parties(jsonb, hera_internal.inbound_party[]) is 'Verification rules as installations have them.';
