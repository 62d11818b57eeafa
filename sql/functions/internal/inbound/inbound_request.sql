-- hera_internal.inbound_request: what verification rules and handshakes read of a request: {method, uri, headers, query}, with names of
-- headers in lower case. A parameter that is there twice counts as it stands first.
create or replace function hera_internal.inbound_request(p_method text, p_uri text, p_headers jsonb)
returns jsonb
language sql
immutable
as $$
  select jsonb_build_object(
    'method', coalesce(upper(p_method), ''), 'uri', coalesce(p_uri, ''),
    'headers', hera_internal.lower_keys(case when jsonb_typeof(p_headers) = 'object' then p_headers end),
    'query', (
      select coalesce(jsonb_object_agg(hera_internal.url_decode(split_part(q.part, '=', 1)),
        hera_internal.url_decode(substring(q.part from '=(.*)$')) order by q.n desc) filter (where q.part <> ''), '{}')
      from (
        select x.part, x.n
        from string_to_table(substring(split_part(p_uri, '#', 1) from '\?(.*)$'), '&') with ordinality x (part, n)
        limit 200) q));
$$;
comment on function hera_internal.inbound_request(text, text, jsonb) is 'A request as verification rules read it.';
