-- hera_internal.fallback_key: what an event is known by whose body has none of its key's parts: the first of key_fallback that the request
-- has. header:NAME is a header of the provider's, body_sha256 the hash of the whole body.
create or replace function hera_internal.fallback_key(p_fallback jsonb, p_headers jsonb, p_body_hash text)
returns text
language sql
immutable
as $$
  select x.found
  from (
    select f.n, case when f.name like 'header:%' then nullif(p_headers ->> lower(substring(f.name from 8)), '') else p_body_hash end as found
    from jsonb_array_elements_text(p_fallback) with ordinality f (name, n)) x
  where x.found is not null
  order by x.n
  limit 1;
$$;
comment on function hera_internal.fallback_key(jsonb, jsonb, text) is 'The key of an event whose body has none.';
