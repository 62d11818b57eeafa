-- hera_connector_schema_v1: what a connector definition may say, for editors and tools.
-- Caller: API, DBA.  Errors: PT403.
create or replace function public.hera_connector_schema_v1(p_actor_user_id uuid, p_organization_id uuid)
returns jsonb
language plpgsql
stable security definer
set search_path = pg_catalog, hera, pg_temp
as $$
begin
  perform hera_internal.authorize(p_actor_user_id, p_organization_id, 'hera_connector_schema_v1', 'CALL');
  return hera_internal.definition_schema();
end
$$;
revoke all on function public.hera_connector_schema_v1(uuid, uuid) from public;
grant execute on function public.hera_connector_schema_v1(uuid, uuid) to hera_api, hera_dba;
comment on function public.hera_connector_schema_v1(uuid, uuid) is
$doc$Answers the JSON Schema (draft 2020-12) of connector definitions: what CREATE_DEFINITION takes, and the files in sql/seeds/connectors hold. The
same stands in docs/connector-definition.schema.json. It tells what the form is; registration also runs samples and test vectors.
Errors: PT403.

select hera_connector_schema_v1('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000000');$doc$;
