-- hera_internal.given_signatures: the signatures that a request carries for a verification rule: several while a provider rolls its secret;
-- none where the header has none, null where there is no such header.
create or replace function hera_internal.given_signatures(p_rule jsonb, p_headers jsonb)
returns text[]
language plpgsql
immutable
as $$
declare
  v_header constant text := p_headers ->> lower(p_rule #>> '{signature,header}');
  v_prefix constant text := p_rule #>> '{signature,strip_prefix}';
  v_pattern constant text := coalesce(p_rule #>> '{signature,pattern}',
    case p_rule ->> 'type' when 'standard_webhooks' then 'v1,([A-Za-z0-9+/=]+)' end);
begin
  if v_header is null then
    return null;
  elsif v_prefix is not null and starts_with(v_header, v_prefix) then
    return array[substring(v_header from length(v_prefix) + 1)];
  elsif v_pattern is not null then
    -- More than a handful is no rolled secret.
    return array(select m[1] from regexp_matches(v_header, v_pattern, 'g') m limit 5);
  elsif p_rule ->> 'type' = 'basic' then
    return array[substring(v_header from '^[Bb]asic +([A-Za-z0-9+/=]+) *$')];
  end if;
  return array[v_header];
end
$$;
comment on function hera_internal.given_signatures(jsonb, jsonb) is 'The signatures of a request for a rule.';
