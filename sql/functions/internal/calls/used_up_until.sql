-- hera_internal.used_up_until: until when a provider's answer says that its limit is used up, by the rules `usage` of the definition's rate
-- limits; null where it is not. A rule reads a header, as a number or by a jsonpath over its JSON, and holds where the value is at most
-- `at_most` or at least `at_least`; then calls wait for `wait_s`.
create or replace function hera_internal.used_up_until(p_config jsonb, p_headers jsonb, p_now timestamptz)
returns timestamptz
language sql
stable
as $$
  select max(p_now + least(86400, (u.rule ->> 'wait_s')::float8) * interval '1 second')
  from (
    select r -> 'usage' as rule from jsonb_array_elements(p_config -> 'rate_limits') r where r ? 'usage') u
  cross join lateral (
    select max((v #>> '{}')::numeric) as value
    from jsonb_path_query(hera_internal.json_or_null(p_headers ->> lower(u.rule ->> 'header')), coalesce(u.rule ->> 'path', '$')::jsonpath, '{}', true) v
    where jsonb_typeof(v) = 'number') h
  where h.value <= (u.rule ->> 'at_most')::numeric or h.value >= (u.rule ->> 'at_least')::numeric;
$$;
comment on function hera_internal.used_up_until(jsonb, jsonb, timestamptz) is 'Until when a provider wants no calls.';
