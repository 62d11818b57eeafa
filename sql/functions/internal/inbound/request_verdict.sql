-- hera_internal.request_verdict: does a request bear out that it comes from the provider, by an installation's secrets?
--   verified, refused   a signature is there, and good or bad
--   unsigned            none is there
-- By verify_policy first_present the first signature that is there decides, whatever else the request carries: a bad one of a newer scheme is
-- not made good by one of an older. By any, one good signature is enough.
-- p_rules: filled in (hera_internal.filled_rules).  p_secrets: {field: [values that are valid now]}.
create or replace function hera_internal.request_verdict(
  p_rules jsonb, p_policy text, p_secrets jsonb, p_request jsonb, p_body bytea)
returns text
language plpgsql
volatile
as $$
declare
  v_headers constant jsonb := p_request -> 'headers';
  v_rule jsonb;
  v_given text[];
  v_secret text;
  v_fits boolean;
  v_seen boolean := false;
begin
  for v_rule in
    select r.value from jsonb_array_elements(p_rules) with ordinality r (value, n)
    where r.value -> 'enabled' is distinct from 'false'
    order by r.n
  loop
    continue when v_rule ? 'when' and (not v_headers ? lower(v_rule #>> '{when,header}')
      or v_headers ->> lower(v_rule #>> '{when,header}') <> v_rule #>> '{when,equals}');
    v_given := hera_internal.given_signatures(v_rule, v_headers);
    continue when v_given is null and not v_rule ? 'when';
    v_seen := true;
    v_fits := false;
    if hera_internal.request_in_time(v_rule, v_headers) then
      for v_secret in select s.value from jsonb_array_elements_text(p_secrets -> (v_rule ->> 'key')) s
      loop
        v_fits := hera_internal.signature_fits(v_rule, v_secret, p_request, p_body, v_given) or v_fits;
      end loop;
    end if;
    if v_fits then
      return 'verified';
    end if;
    exit when p_policy is distinct from 'any';
  end loop;
  return case when v_seen then 'refused' else 'unsigned' end;
end
$$;
comment on function hera_internal.request_verdict(jsonb, text, jsonb, jsonb, bytea) is 'verified, refused or unsigned.';
