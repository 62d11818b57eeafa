-- hera_internal.restore_secrets: let an entity have the given secrets (hera_internal.opened_secrets). Names that are not given stay as they
-- are. Answers whether anything changed; sealing differs each time, so what counts is the secret itself.
create or replace function hera_internal.restore_secrets(p_organization_id uuid, p_entity_id uuid, p_opened jsonb)
returns boolean
language plpgsql
volatile
as $$
declare
  v_now timestamptz := hera_internal.now();
  v_name text;
  v_versions jsonb;
  v_have jsonb;
  v_changed boolean := false;
begin
  for v_name, v_versions in select * from jsonb_each(p_opened)
  loop
    select jsonb_agg(jsonb_build_object('version', s.version, 'secret', hera_internal.unseal(s.sealed), 'expires_at', s.expires_at)
      order by s.version)
    into v_have
    from hera.secrets s
    where s.organization_id = p_organization_id and s.entity_id = p_entity_id and s.name = v_name
      and (s.expires_at is null or s.expires_at > v_now);
    continue when v_have = v_versions;

    delete from hera.secrets s where s.organization_id = p_organization_id and s.entity_id = p_entity_id and s.name = v_name;
    insert into hera.secrets (organization_id, entity_id, name, version, sealed, hint, created_at, expires_at)
    select p_organization_id, p_entity_id, v_name, v.version, hera_internal.seal(v.secret),
      hera_internal.mask(v.secret), v_now, v.expires_at
    from jsonb_to_recordset(v_versions) as v (version int, secret text, expires_at timestamptz);
    v_changed := true;
  end loop;
  return v_changed;
end
$$;
comment on function hera_internal.restore_secrets(uuid, uuid, jsonb) is 'Sets the secrets of an entity.';
