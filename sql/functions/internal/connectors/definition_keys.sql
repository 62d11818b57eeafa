-- hera_internal.definition_keys: the keys that a definition may have: those of its shape, and its code.
create or replace function hera_internal.definition_keys()
returns text[]
language sql
immutable
as $$
  select array_agg(rtrim(k, '?')) || array['code'] from jsonb_object_keys(hera_internal.definition_shape()) k;
$$;
comment on function hera_internal.definition_keys() is 'The keys of a connector definition.';
