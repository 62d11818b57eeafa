-- hera_internal.rerun_request: make events again of a request that is kept, by the definition as it is now. Whom it is authentic for was found when
-- it came; installations that name its account since are taken in where their secret bears out its signature, or the platform's did.
-- p_organization_id: who has it run again: only that organization gets anything of it, or (the platform) everybody.
-- Answers {request_id, status, reason, accepted, duplicates, failed}.  Sets the tenant.
create or replace function hera_internal.rerun_request(p_organization_id uuid, p_request hera.inbound_requests)
returns jsonb
language plpgsql
volatile
as $$
declare
  v_platform constant uuid := hera_internal.platform_id();
  v_row hera.inbound_requests := p_request;
  v_definition_id uuid;
  v_inbound jsonb;
  v_parties hera_internal.inbound_party[];
begin
  perform hera_internal.set_tenant(v_platform);
  v_definition_id := (hera_internal.definition_of(p_request.connector_code)).id;
  v_inbound := hera_internal.definition_version(v_definition_id, null) -> 'inbound';
  v_row.rerun_at := hera_internal.now();
  select hera_internal.trusted_parties(v_definition_id, array_agg(x.organization_id), array_agg(x.installation_id),
    hera_internal.inbound_request(p_request.method, p_request.uri, p_request.headers), p_request.body, false, p_request.platform_verified, 200, true,
    p_request.verified_by)
  into v_parties
  from (
    select f.organization_id, f.installation_id
    from unnest(p_request.verified_by) v (id)
    cross join lateral hera_internal.find_installations(p_request.connector_code, v.id, null, null, 1) f
    union
    select f.organization_id, f.installation_id
    from hera_internal.find_installations(p_request.connector_code, null,
      array(select jsonb_array_elements_text(v_inbound -> 'account_fields')),
      hera_internal.account_values(hera_internal.inbound_accounts(v_inbound, (hera_internal.inbound_json(p_request.body)).body, p_request.headers, 1000),
        v_inbound -> 'account_prefixes'), 1000) f
    where p_request.installation_id is null) x
  where p_organization_id in (x.organization_id, v_platform);

  v_row := hera_internal.take_inbound(v_row, v_definition_id, coalesce(v_parties, '{}'),
    cardinality(p_request.verified_by) = 1 and not p_request.platform_verified and cardinality(v_parties) = 1,
    nullif(p_organization_id, v_platform));
  if p_organization_id in (v_row.organization_id, v_platform) then
    update hera.inbound_requests r
    set status = v_row.status, status_reason = v_row.status_reason, accepted = r.accepted + v_row.accepted, failed = v_row.failed,
      rerun_at = v_row.rerun_at
    where r.organization_id = v_row.organization_id and r.id = v_row.id;
  end if;
  return jsonb_build_object('request_id', v_row.id, 'status', v_row.status, 'reason', v_row.status_reason, 'accepted', v_row.accepted,
    'duplicates', v_row.duplicates, 'failed', v_row.failed);
end
$$;
comment on function hera_internal.rerun_request(uuid, hera.inbound_requests) is 'Makes events of a kept request again.';
