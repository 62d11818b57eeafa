-- hera_internal.api_keys_json: API keys as they may be shown, the oldest first; p_id null: all of the organization.
create or replace function hera_internal.api_keys_json(p_organization_id uuid, p_id uuid)
returns jsonb
language sql
stable
as $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'id', k.id, 'name', k.name, 'prefix', k.prefix, 'role', m.role,
    'status', case
      when k.key_hash is null then 'revoked'
      when m.expires_at <= hera_internal.now() then 'expired'
      else 'active' end,
    'created_at', m.created_at, 'created_by', m.created_by, 'expires_at', m.expires_at, 'last_used_at', k.last_used_at)
    order by m.created_at, k.id), '[]')
  from hera.api_keys k
  join hera.memberships m on m.organization_id = k.organization_id and m.user_entity_id = k.id
  where k.organization_id = p_organization_id and (p_id is null or k.id = p_id);
$$;
comment on function hera_internal.api_keys_json(uuid, uuid) is 'API keys as a JSON array; none shows more than its prefix.';
