-- hera_internal.signs_events: would a handshake sign a text that is the signed part of an event? Its regex is tried on bodies as events have
-- them, with and without what a verification rule puts before the body. Not a proof, but a regex such as ^a|.*$ is found.
create or replace function hera_internal.signs_events(p_inbound jsonb, p_handshake jsonb, p_part text)
returns boolean
language sql
immutable
as $$
  select exists (
    select
    from (
      select '' as literal
      union all
      select string_agg(substring(m from 9), '' order by n)
      from jsonb_array_elements(p_inbound -> 'verify') v
      cross join lateral jsonb_array_elements_text(v -> 'message') with ordinality x (m, n)
      where m like 'literal:%'
      group by v) l
    cross join unnest(array['{}', '[]', '{"id":1}', '[{"type":"a"}]', '{"a": {"b": "c"}}', 'id=1&type=a']) b (body)
    where not exists (
      select from jsonb_array_elements(p_handshake -> 'require') r
      where r ->> 'query' = substring(p_part from 7) and r ? 'regex' and l.literal || b.body !~ (r ->> 'regex')));
$$;
comment on function hera_internal.signs_events(jsonb, jsonb, text) is 'Whether a handshake would sign an event.';
