-- hera_internal.revoke_api_key: take its hash and its membership from an API key: nobody finds it, and whoever has found it may nothing.
create or replace function hera_internal.revoke_api_key(p_actor_user_id uuid, p_organization_id uuid, p_id uuid, p_hash bytea)
returns void
language plpgsql
as $$
begin
  update hera.api_keys k set key_hash = null
  where k.organization_id = p_organization_id and k.id = p_id;
  update hera.memberships m set is_active = false, updated_at = hera_internal.now(), updated_by = p_actor_user_id
  where m.organization_id = p_organization_id and m.user_entity_id = p_id;
  perform hera_internal.identity_changed('key:' || encode(p_hash, 'hex'));
end
$$;
comment on function hera_internal.revoke_api_key(uuid, uuid, uuid, bytea) is 'Revokes an API key.';
