-- Functions that are SECURITY DEFINER or granted to callers pin a search_path that ends in pg_temp.
-- Else a temporary table of the caller takes the place of ours. Helpers that only the owning roles may run qualify
-- every name instead. A function with a body of the SQL standard (return …) is bound when it is made.
select p.oid::regprocedure as function, p.prosecdef as security_definer, p.proconfig as settings
from pg_proc p
where (p.pronamespace = 'public'::regnamespace and p.proname like 'hera\_%' or p.pronamespace = to_regnamespace('hera_internal'))
  and p.prosqlbody is null
  and (p.prosecdef or exists (
    select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
    where a.grantee not in (p.proowner, 'hera_owner'::regrole, 'hera_worker_owner'::regrole, 'hera_view'::regrole)))
  and not exists (select from unnest(p.proconfig) c where c ~ '^search_path=(.*, *)?"?pg_temp"?$')
order by 1;
