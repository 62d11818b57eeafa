-- hera_internal.import_platform: bring every organization of a backup into its own; those that do not exist are made.
-- The platform's part comes first, since the others stand on its definitions.
create or replace function hera_internal.import_platform(
  p_actor_user_id uuid, p_document jsonb, p_same_database boolean, p_skip_unknown boolean)
returns jsonb
language plpgsql
volatile
as $$
declare
  v_part jsonb;
  v_id uuid;
  v_done jsonb := jsonb '[]';
begin
  for v_part in
    select o from jsonb_array_elements(p_document -> 'organizations') o
    order by o ->> 'id' <> hera_internal.platform_id()::text, o ->> 'id'
  loop
    v_id := hera_internal.to_uuid('document.organizations.id', v_part ->> 'id');
    perform hera_internal.set_tenant(hera_internal.platform_id());
    if not exists (select from hera.core_organizations o where o.id = v_id) then
      perform hera_internal.check_retention_settings(coalesce(v_part #> '{settings,retention}', '{}'));
      perform hera_internal.create_organization(p_actor_user_id, v_part - array['definitions', 'assignments', 'installations', 'webhooks']);
      v_done := v_done || jsonb_build_object('type', 'organization', 'id', v_id, 'code', v_part ->> 'code', 'action', 'created');
    end if;
    perform hera_internal.set_tenant(v_id);
    v_done := v_done || hera_internal.import_organization(p_actor_user_id, v_id, 'platform_admin', v_part, p_same_database, p_skip_unknown);
  end loop;
  perform hera_internal.set_tenant(hera_internal.platform_id());
  return v_done;
end
$$;
comment on function hera_internal.import_platform(uuid, jsonb, boolean, boolean) is 'Imports all organizations of a backup.';
