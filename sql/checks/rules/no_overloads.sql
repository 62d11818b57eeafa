-- No function of public named hera_* has an overload.
-- A second signature makes calls ambiguous (42725); a changed signature is a new version.
select p.proname as function, string_agg(pg_get_function_identity_arguments(p.oid), ' | ' order by p.oid) as signatures
from pg_proc p
where p.pronamespace = 'public'::regnamespace and p.proname like 'hera\_%'
group by p.proname
having count(*) > 1
order by p.proname;
