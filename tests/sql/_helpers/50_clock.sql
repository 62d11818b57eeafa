-- hera_test.move_clock: move the one clock and stop it there, until this transaction is rolled back. '0' stops it now.
-- CREATE OR REPLACE keeps owner and grants, so nothing but the time changes.
create function hera_test.move_clock(p_by interval) returns timestamptz
language plpgsql
as $$
declare
  v_to constant timestamptz := hera_internal.now() + p_by;
begin
  execute format(
    'create or replace function hera_internal.now() returns timestamptz language sql volatile return %L::timestamptz', v_to);
  return v_to;
end
$$;
