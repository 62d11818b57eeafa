-- PUBLIC may execute none of our functions.
select p.oid::regprocedure as function
from pg_proc p
where (p.pronamespace = 'public'::regnamespace and p.proname like 'hera\_%' or p.pronamespace = to_regnamespace('hera_internal'))
  and exists (
    select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
    where a.grantee = 0 and a.privilege_type = 'EXECUTE')
order by 1;
