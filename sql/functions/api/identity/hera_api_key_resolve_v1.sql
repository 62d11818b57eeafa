-- hera_api_key_resolve_v1: whom an API key means, and where it belongs. A function apart from hera_identity_resolve_v1, so that no
-- subject of a token can pass for a key.
-- Caller: API (before an organization is chosen).  Writes: api_keys.last_used_at, once an hour.  Errors: PT401 invalid_token.
create or replace function public.hera_api_key_resolve_v1(p_key_hash text)
returns jsonb
language plpgsql
volatile security definer
set search_path = pg_catalog, hera, pg_temp
as $$
declare
  v_hash constant bytea := case when p_key_hash ~ '^[0-9a-f]{64}$' then decode(p_key_hash, 'hex') end;
  v_now constant timestamptz := hera_internal.now();
  v_key hera.api_keys;
  v_membership jsonb;
begin
  -- Whoever knows the hash may read this one row, of whichever organization it is.
  perform set_config('hera.api_key_hash', encode(v_hash, 'hex'), true);
  select k.* into v_key from hera.api_keys k where k.key_hash = v_hash;
  perform set_config('hera.api_key_hash', '', true);

  if v_key.id is not null then
    perform hera_internal.set_tenant(v_key.organization_id);
    select jsonb_build_object('organization_id', m.organization_id, 'organization_name', o.organization_name, 'role', m.role,
      'is_active', o.status = 'active')
    into v_membership
    from hera.memberships m
    join hera.core_organizations o on o.id = m.organization_id
    where m.organization_id = v_key.organization_id and m.user_entity_id = v_key.id and m.is_active
      and (m.expires_at is null or m.expires_at > v_now);
  end if;
  if v_membership is null then
    perform hera_internal.fail(401, 'invalid_token', 'The API key is unknown, expired or revoked.',
      'An organization admin makes a new one with hera_api_key_v1.');
  end if;

  if v_key.last_used_at is null or v_key.last_used_at < v_now - interval '1 hour' then
    update hera.api_keys k set last_used_at = v_now
    where k.organization_id = v_key.organization_id and k.id = v_key.id and k.last_used_at is not distinct from v_key.last_used_at;
  end if;
  return jsonb_build_object('user_entity_id', v_key.id, 'memberships', jsonb_build_array(v_membership));
end
$$;
revoke all on function public.hera_api_key_resolve_v1(text) from public;
grant execute on function public.hera_api_key_resolve_v1(text) to hera_api, hera_dba;
comment on function public.hera_api_key_resolve_v1(text) is
$doc$Resolves an API key to its actor.

p_key_hash: SHA-256 of the key, in hex; the key itself need not come near the database.
Answers what hera_identity_resolve_v1 answers: {user_entity_id, memberships: [{organization_id, organization_name, role, is_active}]}.
Errors: PT401 invalid_token.

select hera_api_key_resolve_v1(encode(sha256('hera_1f2e3d4c5b6a_…'), 'hex'));$doc$;
