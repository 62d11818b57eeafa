-- hera_internal.with_defaults: an object with the defaults of a JSON Schema for the properties that it leaves out.
create or replace function hera_internal.with_defaults(p_value jsonb, p_schema jsonb)
returns jsonb
language sql
immutable
as $$
  select coalesce((
    select jsonb_object_agg(p.key, p.value -> 'default') from jsonb_each(p_schema -> 'properties') p where p.value ? 'default'), '{}') || p_value;
$$;
comment on function hera_internal.with_defaults(jsonb, jsonb) is 'An object with a schema''s defaults.';
