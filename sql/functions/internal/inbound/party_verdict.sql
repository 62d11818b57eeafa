-- hera_internal.party_verdict: hera_internal.request_verdict by an installation's own secrets. p_known keeps what was found for the same rules
-- and secrets before: installations of one provider app share its secret, and a signature over a large body costs milliseconds.
-- p_late: whenever it was made.
-- The tenant must be the installation's organization.
create or replace function hera_internal.party_verdict(
  p_organization_id uuid, p_installation_id uuid, p_inbound jsonb, p_request jsonb, p_body bytea, inout p_known jsonb,
  p_late boolean, out verdict text)
language plpgsql
volatile
as $$
declare
  v_rules jsonb := p_inbound -> 'verify';
  v_secrets constant jsonb := hera_internal.inbound_secrets(p_organization_id, p_installation_id, hera_internal.secrets_of_rules(p_inbound));
  v_key text;
begin
  if strpos(v_rules::text, 'field') > 0 then
    v_rules := hera_internal.filled_rules(v_rules, (
      select coalesce(jsonb_object_agg(f.field_name, f.field_value), '{}')
      from hera.installation_fields f
      where f.organization_id = p_organization_id and f.installation_id = p_installation_id));
  end if;
  if p_late then
    v_rules := (
      select coalesce(jsonb_agg(case when r.value ? 'timestamp' then jsonb_set(r.value, '{timestamp,tolerance_s}', '2000000000') else r.value end
        order by r.n), '[]')
      from jsonb_array_elements(v_rules) with ordinality r (value, n));
  end if;
  v_key := encode(sha256(convert_to(concat(v_rules, v_secrets), 'UTF8')), 'hex');
  verdict := p_known ->> v_key;
  if verdict is null then
    verdict := hera_internal.request_verdict(v_rules, p_inbound ->> 'verify_policy', v_secrets, p_request, p_body);
    p_known := p_known || jsonb_build_object(v_key, verdict);
  end if;
end
$$;
comment on function hera_internal.party_verdict(uuid, uuid, jsonb, jsonb, bytea, jsonb, boolean) is 'Whether an installation''s secret verifies a request.';
