-- hera_internal.rollup_until: the rollups hold what was before this (a whole minute); what came later is counted from the raw rows.
-- Null where nothing was rolled up yet.
create or replace function hera_internal.rollup_until()
returns timestamptz
language plpgsql
stable
as $$
begin
  return (select s.complete_before from hera.rollup_state s);
end
$$;
grant execute on function hera_internal.rollup_until() to hera_worker_owner;
comment on function hera_internal.rollup_until() is 'Where the rollups end.';
