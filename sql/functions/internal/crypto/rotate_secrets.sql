-- as hera_worker_owner
-- hera_internal.rotate_secrets: seal up to p_limit secrets of all organizations anew with the first key of this session.
-- SECURITY DEFINER of the worker's owner, whose policies show every organization's secrets; those who call it have authorized.
-- Locks: the secrets of a batch, skipping locked ones; readers are not held up, and both keys are valid meanwhile.
-- Answers {done, remaining (sealed with an older key of this session), unknown (sealed with a key that this session does not have)}.
-- Errors: PT400 secrets.bad_limit; PT500 encryption.key_missing, encryption.key_malformed.
create or replace function hera_internal.rotate_secrets(p_limit int)
returns jsonb
language plpgsql
volatile security definer
set search_path = pg_catalog, hera, pg_temp
as $$
declare
  v_own constant text[] := hera_internal.encryption_keys();
  v_keys bytea[];
  v_done int;
  v_remaining int;
  v_unknown int;
begin
  if p_limit is null or p_limit not between 1 and 10000 then
    perform hera_internal.fail(400, 'secrets.bad_limit', 'p_limit must be from 1 to 10000', null);
  end if;
  select array_agg(hera_internal.key_fingerprint(k.key) order by k.ordinality) into v_keys
  from unnest(v_own) with ordinality k (key);

  with batch as materialized (
    select s.organization_id, s.entity_id, s.name, s.version, hera_internal.seal(hera_internal.unseal(s.sealed)) as sealed
    from (
      select x.*
      from hera.secrets x
      where hera_internal.sealed_with(x.sealed) <> v_keys[1] and hera_internal.sealed_with(x.sealed) = any (v_keys)
      limit p_limit
      for update skip locked) s
  )
  update hera.secrets s set sealed = b.sealed
  from batch b
  where s.organization_id = b.organization_id and s.entity_id = b.entity_id and s.name = b.name and s.version = b.version;
  get diagnostics v_done = row_count;
  -- Revocations that a provider has not answered yet: a handful at any time.
  update hera.connector_tasks t set sealed = hera_internal.seal(hera_internal.unseal(t.sealed))
  where t.sealed is not null and hera_internal.sealed_with(t.sealed) <> v_keys[1] and hera_internal.sealed_with(t.sealed) = any (v_keys);

  select count(*) filter (where hera_internal.sealed_with(s.sealed) = any (v_keys)),
    count(*) filter (where hera_internal.sealed_with(s.sealed) <> all (v_keys))
  into v_remaining, v_unknown
  from hera.secrets s
  where hera_internal.sealed_with(s.sealed) <> v_keys[1];
  return jsonb_build_object('done', v_done, 'remaining', v_remaining, 'unknown', v_unknown);
end
$$;
grant execute on function hera_internal.rotate_secrets(int) to hera_owner;
comment on function hera_internal.rotate_secrets(int) is 'Seals secrets with the newest key.';
