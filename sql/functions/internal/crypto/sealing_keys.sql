-- as hera_worker_owner
-- hera_internal.sealing_keys: the keys of this session, newest first, then keys that secrets were sealed with and this session has not, by
-- fingerprint, each with the number of its secrets.
-- SECURITY DEFINER of the worker's owner, whose policies show every organization's secrets.
-- Errors: PT500 encryption.key_missing, encryption.key_malformed.
create or replace function hera_internal.sealing_keys()
returns table (fingerprint text, place int, secrets bigint)
language plpgsql
stable security definer
set search_path = pg_catalog, hera, pg_temp
as $$
declare
  v_own constant text[] := hera_internal.encryption_keys();
begin
  return query
  select encode(coalesce(o.key, s.key), 'hex'), o.nth::int, coalesce(s.secrets, 0)
  from (select hera_internal.key_fingerprint(k.key) as key, k.nth from unnest(v_own) with ordinality k (key, nth)) o
  full join (select hera_internal.sealed_with(x.sealed) as key, count(*) as secrets from hera.secrets x group by 1) s on s.key = o.key
  order by o.nth nulls last, s.secrets desc, 1;
end
$$;
grant execute on function hera_internal.sealing_keys() to hera_owner;
comment on function hera_internal.sealing_keys() is 'Keys that seal secrets, with the number of their secrets.';
