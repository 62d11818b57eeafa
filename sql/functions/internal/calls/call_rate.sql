-- hera_internal.call_rate: the token bucket of an installation's calls, by the strictest of its definition's rate limits.
-- A tenth of a limit may be used at once and the rest is spread over its window, so that no window ever sees more than the limit.
-- Limits with a key are kept by hera_internal.call_slot, those with enforce: false by the provider alone.
create or replace function hera_internal.call_rate(p_config jsonb, out per_second numeric, out burst numeric)
language sql
immutable
as $$
  select round(case when l.limit_count > l.burst then l.limit_count - l.burst else l.limit_count end / l.window_s, 6), l.burst
  from (
    select (r ->> 'limit')::numeric as limit_count, (r ->> 'window_s')::numeric as window_s, greatest(1, floor((r ->> 'limit')::numeric / 10)) as burst
    from jsonb_array_elements(p_config -> 'rate_limits') r
    where not r ? 'key' and coalesce((r -> 'enforce')::boolean, true) and (r ->> 'limit')::numeric > 0 and (r ->> 'window_s')::numeric > 0) l
  order by 1, 2
  limit 1;
$$;
comment on function hera_internal.call_rate(jsonb) is 'Rate and burst of an installation''s calls.';
