-- hera_internal.trusted_parties: those of some installations that a request is authentic for, each by its own version of the definition:
-- by its own secret, or (p_platform) because the platform's has verified it. p_open: also without a signature. Sets the tenant.
-- p_tries: no more signatures are made than this for whoever may have none that is valid; installations that share a secret share one. p_late: whenever it was made.
-- p_trusted: installations that it was authentic for before.
create or replace function hera_internal.trusted_parties(
  p_definition_id uuid, p_organization_ids uuid[], p_installation_ids uuid[], p_request jsonb, p_body bytea,
  p_open boolean, p_platform boolean, p_tries int, p_late boolean default false,
  p_trusted uuid[] default '{}')
returns hera_internal.inbound_party[]
language plpgsql
volatile
as $$
declare
  v_parties hera_internal.inbound_party[] := array[]::hera_internal.inbound_party[];
  v_party hera_internal.inbound_party;
  v_versions jsonb := jsonb '{}';
  v_inbound jsonb;
  v_known jsonb := jsonb '{}';
  v_found record;
  v_tried int := 0;
begin
  for i in 1 .. coalesce(cardinality(p_installation_ids), 0)
  loop
    exit when v_tried >= p_tries and not p_platform;
    v_party := hera_internal.inbound_party(p_organization_ids[i], p_installation_ids[i]);
    continue when v_party.installation_id is null;
    v_inbound := v_versions -> coalesce(v_party.version::text, '');
    if v_inbound is null then
      v_inbound := hera_internal.definition_version(p_definition_id, v_party.version) -> 'inbound';
      v_versions := v_versions || jsonb_build_object(coalesce(v_party.version::text, ''), v_inbound);
    end if;
    v_found := hera_internal.party_verdict(p_organization_ids[i], p_installation_ids[i], v_inbound, p_request, p_body, v_known, p_late);
    if v_known <> v_found.p_known then
      v_tried := v_tried + 1;
    end if;
    v_known := v_found.p_known;
    v_party.trust := case
      when v_party.installation_id = any (p_trusted) or v_found.verdict = 'verified' or v_found.verdict = 'unsigned' and p_open then 'own'
      when p_platform then 'platform' end;
    if v_party.trust is not null then
      v_parties := v_parties || hera_internal.with_accounts(v_party, v_inbound);
    end if;
  end loop;
  return v_parties;
end
$$;
comment on function hera_internal.trusted_parties(uuid, uuid[], uuid[], jsonb, bytea, boolean, boolean, int, boolean, uuid[]) is
  'Installations that a request is authentic for.';
