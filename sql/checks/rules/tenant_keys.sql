-- Every unique key and foreign key of a table with an organization_id contains it.
-- Unique indexes and foreign keys look past row level security, so a key without it would tell tenants of each other's rows.
with exceptions (table_name, reason) as (
  values
    ('outbox_ready', 'a queue: keyed by its position'),
    ('outbox_scheduled', 'a queue: keyed by its position'),
    ('outbox_leases', 'a queue: a lease spans organizations'),
    ('outbox_fifo_wait', 'a queue: keyed by its position')
),
tenant_tables as (
  select c.oid, a.attnum as organization_id
  from pg_class c
  join pg_attribute a on a.attrelid = c.oid and a.attname = 'organization_id' and not a.attisdropped
  where c.relnamespace = to_regnamespace('hera') and c.relkind in ('r', 'p') and not c.relispartition
    and not exists (select from exceptions e where e.table_name = c.relname)
)
select t.oid::regclass as table, i.indexrelid::regclass::text as key
from tenant_tables t
join pg_index i on i.indrelid = t.oid and i.indisunique
where not t.organization_id = any ((i.indkey::int2[])[0:i.indnkeyatts - 1])
union all
-- A key to another organization's row on purpose pairs a column of its own with the target's organization_id.
select t.oid::regclass, f.conname
from tenant_tables t
join pg_constraint f on f.conrelid = t.oid and f.contype = 'f'
where not t.organization_id = any (f.conkey)
  and not exists (
    select from pg_attribute r
    where r.attrelid = f.confrelid and r.attname = 'organization_id' and r.attnum = any (f.confkey))
order by 1, 2;
