-- The one clock, for the time of these tests, follows a setting of the transaction. Owner and grants stay as they were.
create or replace function hera_internal.now() returns timestamptz language sql volatile
return coalesce(nullif(current_setting('hera_test.now', true), '')::timestamptz, clock_timestamp());

-- hera_test.move_clock: move the clock on and stop it there, until this transaction is rolled back. '0' stops it now.
create function hera_test.move_clock(p_by interval) returns timestamptz
language sql
return set_config('hera_test.now', (hera_internal.now() + p_by)::text, true)::timestamptz;
