-- hera_internal.definition_schema: the JSON Schema of a connector definition, made of hera_internal.definition_shape. What has a default is not
-- required in a file.
create or replace function hera_internal.definition_schema()
returns jsonb
language sql
immutable
as $$
  select jsonb_build_object('$schema', 'https://json-schema.org/draft/2020-12/schema', 'title', 'Connector definition of Hera.PgCore')
    || s.schema
    || jsonb_build_object('required', jsonb '["smart_code"]',
      'properties', s.schema -> 'properties' || jsonb_build_object('code', hera_internal.shape_schema('"code"')))
  from hera_internal.shape_schema(hera_internal.definition_shape()) s (schema);
$$;
comment on function hera_internal.definition_schema() is 'The JSON Schema of connector definitions.';
