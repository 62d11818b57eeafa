-- hera_internal.test_vectors_fault: the test vector of a definition that its own rules do not bear out, or null.
-- A vector names a verification rule or a handshake, gives a request and a signature, and says whether that is valid.
create or replace function hera_internal.test_vectors_fault(p_config jsonb)
returns text
language plpgsql
immutable
as $$
declare
  v_vector jsonb;
  v_rule jsonb;
  v_request jsonb;
  v_given text;
begin
  for v_vector in select t.value from jsonb_array_elements(p_config -> 'test_vectors') t
  loop
    v_rule := coalesce(
      jsonb_path_query_first(p_config, '$.inbound.verify[*] ? (@.name == $v.verify)', jsonb_build_object('v', v_vector)),
      jsonb_path_query_first(p_config, '$.inbound.handshake[*] ? (@.name == $v.handshake).respond.hmac',
        jsonb_build_object('v', v_vector)));
    if v_rule is null or v_rule ->> 'type' in ('basic', 'standard_webhooks') then
      return format('connector_config.test_vectors: %s names no rule that signs', v_vector ->> 'name');
    end if;
    v_request := v_vector || jsonb_build_object('headers', (
      select jsonb_object_agg(lower(h.key), h.value) from jsonb_each(v_vector -> 'headers') h));
    v_given := v_vector ->> 'signature';
    if v_rule #>> '{signature,strip_prefix}' is not null and starts_with(v_given, v_rule #>> '{signature,strip_prefix}') then
      v_given := substring(v_given from length(v_rule #>> '{signature,strip_prefix}') + 1);
    elsif v_rule #>> '{signature,pattern}' is not null then
      v_given := substring(v_given from v_rule #>> '{signature,pattern}');
    end if;
    if (v_given is not distinct from hera_internal.inbound_signature(v_rule, v_vector ->> 'secret', v_request,
      convert_to(coalesce(v_vector ->> 'body', ''), 'UTF8'))) <> (v_vector -> 'valid')::boolean then
      return format('connector_config.test_vectors: %s does not hold', v_vector ->> 'name');
    end if;
  end loop;
  return null;
end
$$;
comment on function hera_internal.test_vectors_fault(jsonb) is 'The fault that the test vectors of a definition show, or null.';
