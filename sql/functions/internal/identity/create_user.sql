-- hera_internal.create_user: the user of an auth_uid, made where it is not known yet.
-- Leaves the tenant as it was. Users live in the platform organization.
create or replace function hera_internal.create_user(p_auth_uid text, p_name text, p_email text, p_actor_user_id uuid)
returns uuid
language plpgsql
as $$
declare
  v_tenant constant uuid := current_setting('hera.organization_id')::uuid;
  v_platform constant uuid := hera_internal.platform_id();
  v_user uuid;
begin
  perform hera_internal.set_tenant(v_platform);
  -- Two callers that name one new auth_uid at once make one user.
  perform pg_advisory_xact_lock(hashtextextended('hera.identity.' || p_auth_uid, 0));
  select i.user_entity_id into v_user
  from hera.identities i
  where i.organization_id = v_platform and i.auth_uid = p_auth_uid;

  if v_user is null then
    v_user := hera_internal.new_id(hera_internal.now());
    insert into hera.core_entities (
      id, organization_id, entity_type, entity_name, entity_code, smart_code, metadata, created_by, updated_by)
    values (v_user, v_platform, 'USER', coalesce(p_name, p_email, p_auth_uid), p_auth_uid, 'HERA.IDENTITY.USER.v1',
      jsonb_strip_nulls(jsonb_build_object('email', p_email)), p_actor_user_id, p_actor_user_id);
    insert into hera.identities (auth_uid, user_entity_id) values (p_auth_uid, v_user);
  end if;
  perform hera_internal.set_tenant(v_tenant);
  return v_user;
end
$$;
comment on function hera_internal.create_user(text, text, text, uuid) is 'Finds or makes the USER entity of an auth_uid.';
