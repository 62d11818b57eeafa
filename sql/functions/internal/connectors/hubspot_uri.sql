-- hera_internal.hubspot_uri: a URI as HubSpot signs it: twelve percent codes decoded, in one pass, and all others left as they are.
create or replace function hera_internal.hubspot_uri(p_uri text)
returns text
language plpgsql
immutable
as $$
begin
  if strpos(p_uri, '%') = 0 then
    return p_uri;
  end if;
  return (
    select string_agg(
      case when t.part[1] ~* '^%(3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)$'
        then chr(get_byte(decode(substring(t.part[1] from 2), 'hex'), 0)) else t.part[1] end, '' order by t.n)
    from regexp_matches(p_uri, '%[0-9A-Fa-f]{2}|%|[^%]+', 'g') with ordinality t (part, n));
end
$$;
comment on function hera_internal.hubspot_uri(text) is 'A URI with the percent codes decoded that HubSpot decodes before it signs.';
