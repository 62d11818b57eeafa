-- Every function of public named hera_* has a comment.
select p.oid::regprocedure as function
from pg_proc p
where p.pronamespace = 'public'::regnamespace and p.proname like 'hera\_%'
  and obj_description(p.oid, 'pg_proc') is null
order by 1;
