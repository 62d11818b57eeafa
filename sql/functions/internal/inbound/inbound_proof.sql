-- hera_internal.inbound_proof: whom a request is authentic for.
--   parties            installations that it may be for, with their trust
--   platform_verified  the platform's own installation verified it: it is from the provider app that the platform's organization runs
--   sole               parties has the one installation whose secret verified it, and no other has that secret
-- The address of an installation: that one, by its own secret. The provider app's one address: first the platform's installation, then those
-- whose account the body names, then all, each by its own secret. Whoever sends a request that is not authentic costs at most p_tries
-- signatures (fewer for a large body) and looks at 1,000 installations.
-- p_open: the deployment takes requests without a signature (development).
create or replace function hera_internal.inbound_proof(
  p_definition_id uuid, p_code text, p_inbound jsonb, p_request jsonb, p_body bytea, p_by_address boolean,
  p_address hera_internal.inbound_party, p_open boolean,
  out parties hera_internal.inbound_party[], out platform_verified boolean, out sole boolean)
language plpgsql
volatile
as $$
declare
  v_tries int := least(200, greatest(10, 33554432 / greatest(octet_length(p_body), 1)));
  v_platform uuid;
  v_accounts text[];
  v_looked_at int;
begin
  parties := array[]::hera_internal.inbound_party[];
  platform_verified := false;
  sole := false;
  if p_by_address then
    if p_address.installation_id is null then
      -- An installation that is not there takes as long as one whose secret is another.
      perform hera_internal.request_verdict(p_inbound -> 'verify', p_inbound ->> 'verify_policy', (
        select jsonb_object_agg(n, jsonb '["decoy"]') from unnest(hera_internal.secrets_of_rules(p_inbound)) n), p_request, p_body);
      return;
    end if;
    parties := hera_internal.trusted_parties(p_definition_id, array[p_address.organization_id], array[p_address.installation_id],
      p_request, p_body, p_open, false, v_tries);
    sole := cardinality(parties) = 1;
    return;
  end if;

  perform hera_internal.set_tenant(hera_internal.platform_id());
  select e.id into v_platform
  from hera.core_entities e
  where e.organization_id = hera_internal.platform_id() and e.entity_type = 'INTEGRATION_CONNECTOR_INSTALL'
    and e.entity_code = p_code and e.status <> 'inactive';
  if found then
    parties := hera_internal.trusted_parties(p_definition_id, array[hera_internal.platform_id()], array[v_platform],
      p_request, p_body, false, false, v_tries);
    platform_verified := cardinality(parties) = 1;
  end if;
  if not p_inbound ? 'account_ref' and platform_verified then
    sole := true;
    return;
  end if;

  if p_inbound ? 'account_ref' then
    v_accounts := hera_internal.inbound_accounts(p_inbound, (hera_internal.inbound_json(p_body)).body, p_request -> 'headers', 1000);
    select hera_internal.trusted_parties(p_definition_id, array_agg(f.organization_id), array_agg(f.installation_id),
      p_request, p_body, p_open, platform_verified, v_tries), count(*)
    into parties, v_looked_at
    from hera_internal.find_installations(p_code, null, array(select jsonb_array_elements_text(p_inbound -> 'account_fields')),
      hera_internal.account_values(v_accounts, p_inbound -> 'account_prefixes'), 1000) f;
  end if;
  v_tries := v_tries - coalesce(v_looked_at, 0);
  if cardinality(parties) = 0 and not platform_verified and v_tries > 0 then
    select hera_internal.trusted_parties(p_definition_id, (array_agg(f.organization_id))[1 : v_tries],
        (array_agg(f.installation_id))[1 : v_tries], p_request, p_body, p_open, false, v_tries), count(*) <= v_tries
    into parties, sole
    from hera_internal.find_installations(p_code, null, null, null, v_tries + 1) f;
    sole := sole and cardinality(parties) = 1;
  end if;
end
$$;
comment on function hera_internal.inbound_proof(uuid, text, jsonb, jsonb, bytea, boolean, hera_internal.inbound_party, boolean) is
  'Whom an inbound request is authentic for.';
