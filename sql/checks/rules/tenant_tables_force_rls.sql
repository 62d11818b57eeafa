-- Every table with an organization_id forces row level security, on its owner too.
select c.oid::regclass as table, c.relrowsecurity as enabled, c.relforcerowsecurity as forced
from pg_class c
where c.relnamespace = to_regnamespace('hera') and c.relkind in ('r', 'p')
  and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'organization_id' and not a.attisdropped)
  and not (c.relrowsecurity and c.relforcerowsecurity)
order by 1;
