-- hera_internal.cron_fields: a cron expression of five fields, or six with seconds first, taken apart; nulls where a field is none.
-- Day of month and day of week: where both are restricted, a day that fits one of them fits (any_day), as cron has it.
create or replace function hera_internal.cron_fields(
  p_cron text, out seconds int[], out minutes int[], out hours int[], out days int[], out months int[], out weekdays int[], out any_day boolean)
language plpgsql
immutable
as $$
declare
  v_parts text[] := regexp_split_to_array(btrim(p_cron), '\s+');
begin
  if cardinality(v_parts) = 5 then
    v_parts := array['0'] || v_parts;
  elsif cardinality(v_parts) <> 6 then
    return;
  end if;
  seconds := hera_internal.cron_field(v_parts[1], 0, 59);
  minutes := hera_internal.cron_field(v_parts[2], 0, 59);
  hours := hera_internal.cron_field(v_parts[3], 0, 23);
  days := hera_internal.cron_field(v_parts[4], 1, 31);
  months := hera_internal.cron_field(v_parts[5], 1, 12, '{jan,feb,mar,apr,may,jun,jul,aug,sep,oct,nov,dec}');
  weekdays := hera_internal.cron_field(v_parts[6], 0, 7, '{sun,mon,tue,wed,thu,fri,sat}');
  -- 7 is Sunday too.
  weekdays := case when 7 = any (weekdays) then array[0] || weekdays else weekdays end;
  any_day := v_parts[4] !~ '^\*' and v_parts[6] !~ '^\*';
end
$$;
comment on function hera_internal.cron_fields(text) is 'A cron expression, taken apart.';
