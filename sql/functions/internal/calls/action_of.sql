-- hera_internal.action_of: an action of a definition by its code, or null.
create or replace function hera_internal.action_of(p_config jsonb, p_action text)
returns jsonb
language sql
immutable
return (select a from jsonb_array_elements(p_config -> 'actions') a where a ->> 'code' = p_action limit 1);
comment on function hera_internal.action_of(jsonb, text) is 'An action of a definition.';
