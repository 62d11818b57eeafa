-- hera_internal.lower_keys: a JSON object with its keys in lower case; an empty one for null.
create or replace function hera_internal.lower_keys(p_object jsonb)
returns jsonb
language sql
immutable
as $$
  select coalesce(jsonb_object_agg(lower(e.key), e.value), '{}') from jsonb_each(p_object) e;
$$;
comment on function hera_internal.lower_keys(jsonb) is 'An object with lower-case keys.';
