-- requires extension plpgsql_check
-- plpgsql_check finds no fault in our functions.
select p.oid::regprocedure as function, c.lineno, c.level, c.message
from pg_proc p
join pg_language l on l.oid = p.prolang and l.lanname = 'plpgsql'
cross join lateral plpgsql_check_function_tb(p.oid, fatal_errors => false, performance_warnings => false) c
where (p.pronamespace = 'public'::regnamespace and p.proname like 'hera\_%' or p.pronamespace = to_regnamespace('hera_internal'))
  -- A trigger function is checked together with a table, which is not known here.
  and p.prorettype not in ('trigger'::regtype, 'event_trigger'::regtype)
  and c.level in ('error', 'warning')
order by 1, 2;
