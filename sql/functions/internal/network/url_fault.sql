-- hera_internal.url_fault: what is wrong with the URL of a webhook, or null.
-- Strict on purpose: a host is a plain DNS name, a dotted IPv4 address or an IPv6 address in brackets, so that no other
-- reader of the URL (resolver, client) can take it for another host. Addresses behind names are checked when connecting.
create or replace function hera_internal.url_fault(p_url text)
returns text
language plpgsql
stable
as $$
declare
  v_part text[] := regexp_match(p_url, '^(https?)://([^/?#]*)([/?][\x21-\x22\x24-\x5b\x5d-\x7e]*)?$');
  v_scheme text := v_part[1];
  v_host text;
  v_port text;
  v_address inet;
begin
  if p_url is null or length(p_url) > 2048 or v_part is null then
    return 'must be an absolute URL such as https://example.com/hook, of at most 2048 visible ASCII characters, without a fragment';
  end if;
  if v_scheme = 'http' and not coalesce((hera_internal.platform_settings() #>> '{webhook,allow_http}')::boolean, false) then
    return 'must be https; plain http needs WEBHOOK_ALLOW_HTTP';
  end if;
  v_port := substring(v_part[2] from ':([0-9]{1,5})$');
  v_host := lower(regexp_replace(v_part[2], ':[0-9]{1,5}$', ''));
  if v_port::int not between 1 and 65535 then
    return 'has a port out of range';
  end if;

  begin
    if v_host ~ '^\[[0-9a-f.]*:[0-9a-f:.]{1,44}\]$' then
      v_address := btrim(v_host, '[]')::inet;
    elsif v_host ~ '^(0|[1-9][0-9]{0,2})(\.(0|[1-9][0-9]{0,2})){3}$' then
      v_address := v_host::inet;
    elsif length(v_host) > 253
      or v_host !~ '^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z]([a-z0-9-]{0,61}[a-z0-9])?\.?$' then
      return 'must name its host as a DNS name, a dotted IPv4 address or an IPv6 address in brackets';
    end if;
  exception
    when invalid_text_representation then
      return 'has a malformed address as its host';
  end;

  if v_address is null and v_host ~ '(^|\.)localhost\.?$' then
    v_address := '127.0.0.1';
  elsif v_address is null and (v_host !~ '\.[a-z]' or v_host ~ '\.(local|localdomain|internal|home\.arpa)\.?$')
    and hera_internal.allowed_networks() = '{}' then
    return 'must name a public host';
  end if;
  if v_address <<= any (hera_internal.blocked_networks()) and not v_address <<= any (hera_internal.allowed_networks()) then
    return 'points to an address that webhooks may not reach; WEBHOOK_ALLOWED_NETWORKS can allow a network';
  end if;
  return null;
end
$$;
comment on function hera_internal.url_fault(text) is 'The fault of a webhook URL, or null.';
