-- hera_internal.verification_fault: the fault of the handshakes and verification rules of inbound requests, or null.
-- A handshake that answers an HMAC over a text of the caller's signs for anybody: an event could be forged with it, unless
-- the text must match a narrow pattern.
create or replace function hera_internal.verification_fault(p_inbound jsonb)
returns text
language plpgsql
volatile
as $$
declare
  v_rule jsonb;
  v_part text;
begin
  for v_rule in select h.value from jsonb_array_elements(p_inbound -> 'handshake') h
  loop
    for v_part in select m.value from jsonb_array_elements_text(v_rule #> '{respond,hmac,message}') m
    loop
      if v_part !~ '^query:.+$' then
        return format('connector_config.inbound.handshake %s: hmac.message must be of query:NAME parts', v_rule ->> 'name');
      elsif not exists (
        select from jsonb_array_elements(v_rule -> 'require') r
        where r ->> 'query' = substring(v_part from 7) and r ->> 'regex' ~ '^\^.+[$]$') then
        return format('connector_config.inbound.handshake %s signs %s, so require must hold a regex from ^ to $ for it',
          v_rule ->> 'name', v_part);
      elsif hera_internal.signs_events(p_inbound, v_rule, v_part) then
        return format('connector_config.inbound.handshake %s would sign an event: the regex of %s matches one', v_rule ->> 'name', v_part);
      end if;
    end loop;
  end loop;

  if (p_inbound ->> 'max_bytes')::bigint not between 1 and 4194304 then
    return 'connector_config.inbound.max_bytes must be from 1 to 4194304';
  end if;
  for v_rule in select v.value from jsonb_array_elements(p_inbound -> 'verify') v
  loop
    if v_rule ->> 'type' in ('hmac', 'hash') and not (v_rule ? 'message' and v_rule ?| array['encoding', 'encoding_field']) then
      return format('connector_config.inbound.verify %s needs message and encoding', v_rule ->> 'name');
    end if;
    select m.value into v_part from jsonb_array_elements_text(v_rule -> 'message') m
    where m.value !~ '^(method|uri|uri:hubspot|body|timestamp|secret|header:.+|literal:.+)$' limit 1;
    if found then
      return format('connector_config.inbound.verify %s: message has an unknown part %s', v_rule ->> 'name', v_part);
    elsif v_rule ->> 'type' in ('hmac', 'hash') and not v_rule -> 'message' ? 'body'
      and not v_rule -> 'message' ?| array['uri', 'uri:hubspot'] then
      return format('connector_config.inbound.verify %s: message must hold body', v_rule ->> 'name');
    elsif v_rule ->> 'type' = 'hash' and not v_rule -> 'message' ? 'secret' then
      return format('connector_config.inbound.verify %s: the message of a hash must hold secret', v_rule ->> 'name');
    elsif v_rule -> 'message' ? 'timestamp' and not v_rule ? 'timestamp' then
      return format('connector_config.inbound.verify %s: message has a timestamp part, so timestamp is needed', v_rule ->> 'name');
    end if;
  end loop;
  return null;
end
$$;
comment on function hera_internal.verification_fault(jsonb) is 'The fault of handshakes and verification rules, or null.';
