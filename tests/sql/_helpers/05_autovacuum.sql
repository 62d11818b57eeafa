-- What drops a partition gives up after 100 ms, and autovacuum holds its lock on one for longer; the tests of such calls must not depend on when it comes.
do $$
declare
  v_table regclass;
begin
  for v_table in
    select c.oid
    from pg_class c
    where c.relnamespace = 'hera'::regnamespace and c.relispartition and c.relkind = 'r'
  loop
    execute format('alter table %s set (autovacuum_enabled = false)', v_table);
  end loop;
end
$$;
