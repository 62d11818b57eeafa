-- hera_internal.test_vectors_fault: the test vector of a definition that its own rules do not bear out, or null.
-- A vector names a verification rule or a handshake, gives a request, the secret, and the header with the signature (of a handshake the
-- answer's HMAC), and says whether that is valid. fields: of the installation, where the rule reads some. The time is not looked at: a
-- vector is older every day.
create or replace function hera_internal.test_vectors_fault(p_config jsonb)
returns text
language plpgsql
volatile
as $$
declare
  v_vector jsonb;
  v_vars jsonb;
  v_rule jsonb;
  v_request jsonb;
  v_body bytea;
  v_valid boolean;
begin
  for v_vector in select t.value from jsonb_array_elements(p_config -> 'test_vectors') t
  loop
    v_vars := jsonb_build_object('v', v_vector);
    v_body := convert_to(coalesce(v_vector ->> 'body', ''), 'UTF8');
    v_request := v_vector || jsonb_build_object('headers', hera_internal.lower_keys(v_vector -> 'headers'));
    v_rule := hera_internal.filled_rules(
      jsonb_path_query_array(p_config, '$.inbound.verify[*] ? (@.name == $v.verify)', v_vars), v_vector -> 'fields') -> 0;
    if v_rule is not null then
      v_request := jsonb_set(v_request, array['headers', lower(v_rule #>> '{signature,header}')], v_vector -> 'signature');
      v_valid := hera_internal.signature_fits(v_rule, v_vector ->> 'secret', v_request, v_body,
        hera_internal.given_signatures(v_rule, v_request -> 'headers'));
    else
      v_rule := jsonb_path_query_first(p_config, '$.inbound.handshake[*] ? (@.name == $v.handshake)', v_vars);
      if v_rule #> '{respond,hmac}' is null then
        return format('connector_config.test_vectors: %s names no rule that signs', v_vector ->> 'name');
      end if;
      v_valid := hera_internal.handshake_holds(v_rule -> 'require', v_request -> 'query', '{}') and v_vector ->> 'signature'
        = hera_internal.inbound_signature((v_rule #> '{respond,hmac}') || jsonb '{"type": "hmac", "encoding": "hex"}', v_vector ->> 'secret', v_request, '');
    end if;
    if v_valid is distinct from (v_vector -> 'valid')::boolean then
      return format('connector_config.test_vectors: %s does not hold', v_vector ->> 'name');
    end if;
  end loop;
  return null;
end
$$;
comment on function hera_internal.test_vectors_fault(jsonb) is 'The fault that the test vectors of a definition show, or null.';
