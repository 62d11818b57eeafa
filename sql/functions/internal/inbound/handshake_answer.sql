-- hera_internal.handshake_answer: the answer to a provider that wants to see that the address is meant for it, or null where the request is no
-- handshake. A signed answer needs one secret: that of the address or of the platform, or the only one that installations have.
create or replace function hera_internal.handshake_answer(
  p_code text, p_inbound jsonb, p_request jsonb, p_by_address boolean, p_address hera_internal.inbound_party)
returns jsonb
language plpgsql
volatile
as $$
declare
  v_query constant jsonb := p_request -> 'query';
  v_log constant jsonb := jsonb_build_object('connector', p_code);
  v_rule jsonb;
  v_secrets jsonb;
  v_keys jsonb;
  v_hmac text;
begin
  select h.value into v_rule
  from jsonb_array_elements(p_inbound -> 'handshake') with ordinality h (value, n)
  where h.value #>> '{when,method}' = p_request ->> 'method'
    and v_query ?& array(select jsonb_array_elements_text(h.value #> '{when,query}'))
  order by h.n
  limit 1;
  if not found then
    return null;
  end if;
  v_secrets := hera_internal.handshake_secrets(p_code, p_inbound, p_by_address, p_address);
  v_keys := coalesce(v_secrets -> (v_rule #>> '{respond,hmac,key}'), '[]');
  if not hera_internal.handshake_holds(v_rule -> 'require', v_query, v_secrets)
    or v_rule #> '{respond,hmac}' is not null and jsonb_array_length(v_keys) <> 1 then
    return hera_internal.inbound_error((v_rule #>> '{otherwise,status}')::int, 'handshake_refused', 'The handshake is refused.',
      v_log || jsonb '{"outcome": "handshake_refused"}');
  end if;
  if v_rule #> '{respond,hmac}' is not null then
    v_hmac := hera_internal.inbound_signature((v_rule #> '{respond,hmac}') || jsonb '{"type": "hmac", "encoding": "hex"}',
      v_keys ->> 0, p_request, '');
  end if;
  return jsonb_build_object('status', (v_rule #>> '{respond,status}')::int,
    'headers', jsonb_build_object('content-type', v_rule #>> '{respond,content_type}'),
    'body', hera_internal.handshake_text(v_rule -> 'respond', v_query, v_hmac),
    'log', v_log || jsonb '{"outcome": "handshake"}');
end
$$;
comment on function hera_internal.handshake_answer(text, jsonb, jsonb, boolean, hera_internal.inbound_party) is 'The answer to a handshake, or null.';
