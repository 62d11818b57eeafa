-- hera_internal.user_of: the user of an auth_uid, or null. Leaves the tenant as it was.
create or replace function hera_internal.user_of(p_auth_uid text)
returns uuid
language plpgsql
volatile
as $$
declare
  v_tenant constant uuid := current_setting('hera.organization_id')::uuid;
  v_user uuid;
begin
  perform hera_internal.set_tenant(hera_internal.platform_id());
  select i.user_entity_id into v_user
  from hera.identities i
  where i.organization_id = hera_internal.platform_id() and i.auth_uid = p_auth_uid;
  perform hera_internal.set_tenant(v_tenant);
  return v_user;
end
$$;
comment on function hera_internal.user_of(text) is 'The user of an auth_uid, or null.';
