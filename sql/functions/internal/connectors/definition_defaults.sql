-- hera_internal.definition_defaults: what a definition is where it says nothing. The code is the entity's, not a part of the config.
create or replace function hera_internal.definition_defaults(p_code text, p_config jsonb)
returns jsonb
language sql
immutable
return jsonb_build_object('name', p_code, 'status', 'active', 'version', 1, 'category', 'custom', 'fields', jsonb '[]',
  'auth', jsonb '{"type": "none"}') || (p_config - 'code');
comment on function hera_internal.definition_defaults(text, jsonb) is 'A definition with its defaults filled in.';
