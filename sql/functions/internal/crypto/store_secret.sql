-- hera_internal.store_secret: keep a secret of an entity, encrypted, as its newest version.
-- Older versions stop being valid at once, or after p_overlap where both shall hold for a while.
create or replace function hera_internal.store_secret(
  p_organization_id uuid, p_entity_id uuid, p_name text, p_secret text, p_overlap interval default '0')
returns void
language plpgsql
as $$
declare
  v_now timestamptz := hera_internal.now();
begin
  delete from hera.secrets s
  where s.organization_id = p_organization_id and s.entity_id = p_entity_id and s.name = p_name
    and (s.expires_at <= v_now or p_overlap <= interval '0');
  update hera.secrets s set expires_at = least(s.expires_at, v_now + p_overlap)
  where s.organization_id = p_organization_id and s.entity_id = p_entity_id and s.name = p_name;

  insert into hera.secrets (organization_id, entity_id, name, version, sealed, hint, created_at)
  select p_organization_id, p_entity_id, p_name, coalesce(max(s.version), 0) + 1,
    hera_internal.seal(p_secret), hera_internal.mask(p_secret), v_now
  from hera.secrets s
  where s.organization_id = p_organization_id and s.entity_id = p_entity_id and s.name = p_name;
end
$$;
comment on function hera_internal.store_secret(uuid, uuid, text, text, interval) is 'Stores a secret, sealed.';
