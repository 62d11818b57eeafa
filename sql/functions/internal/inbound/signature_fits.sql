-- hera_internal.signature_fits: does one of the given signatures bear out a request by a rule and a secret? The time of the request is not
-- looked at.
create or replace function hera_internal.signature_fits(p_rule jsonb, p_secret text, p_request jsonb, p_body bytea, p_given text[])
returns boolean
language plpgsql
volatile
as $$
declare
  v_expected text;
  v_given text;
  v_fits boolean := false;
begin
  if coalesce(p_secret, '') = '' or cardinality(p_given) = 0 then
    return false;
  end if;
  v_expected := hera_internal.inbound_signature(p_rule, p_secret, p_request, p_body);
  foreach v_given in array p_given
  loop
    if v_given is null or length(v_given) > 8192 then
      continue;
    elsif p_rule ->> 'type' = 'basic' then
      v_given := hera_internal.basic_credentials(v_given, p_secret);
    elsif p_rule ->> 'type' in ('hmac', 'hash') and coalesce(p_rule ->> 'encoding', 'hex') = 'hex' then
      v_given := lower(v_given);
    end if;
    v_fits := hera_internal.same_secret(coalesce(v_given, ''), v_expected) or v_fits;
  end loop;
  return v_fits;
end
$$;
comment on function hera_internal.signature_fits(jsonb, text, jsonb, bytea, text[]) is 'Whether a signature is valid.';
