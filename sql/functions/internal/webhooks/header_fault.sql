-- hera_internal.header_fault: what is wrong with the custom headers of a webhook, or null.
-- Names by the token grammar and values by the field-value grammar of RFC 9110 (visible ASCII, space and tab inside);
-- names that the delivery sets itself, or that frame the message, are refused.
create or replace function hera_internal.header_fault(p_headers jsonb)
returns text
language plpgsql
immutable
as $$
declare
  v_name text;
  v_value jsonb;
begin
  if jsonb_typeof(p_headers) <> 'object' then
    return 'must be an object of header names and values';
  elsif (select count(*) from jsonb_object_keys(p_headers)) > 20 then
    return 'may have at most 20 headers';
  end if;
  for v_name, v_value in select * from jsonb_each(p_headers)
  loop
    if v_name !~ '^[!#$%&''*+.^_`|~0-9A-Za-z-]{1,128}$' then
      return 'has a name that is no HTTP token: ' || left(regexp_replace(v_name, '[^ -~]', '?', 'g'), 50);
    elsif lower(v_name) ~ '^(webhook-|x-hera-|proxy-|sec-)'
      or lower(v_name) in ('host', 'content-length', 'content-type', 'content-encoding', 'transfer-encoding', 'connection',
        'keep-alive', 'upgrade', 'te', 'trailer', 'expect', 'user-agent', 'date', 'traceparent', 'tracestate') then
      return format('may not set %s, which belongs to the delivery', v_name);
    elsif jsonb_typeof(v_value) <> 'string' or length(v_value #>> '{}') > 2048
      or (v_value #>> '{}') !~ '^[!-~]([ \t!-~]*[!-~])?$' then
      return format('has a value for %s that is not 1 to 2048 visible ASCII characters', v_name);
    end if;
  end loop;
  return null;
end
$$;
comment on function hera_internal.header_fault(jsonb) is 'The fault of custom webhook headers, or null.';
