-- hera_internal.cron_time: the first time of a day, from p_from on, that given hours, minutes and seconds name; null where there is none.
create or replace function hera_internal.cron_time(p_hours int[], p_minutes int[], p_seconds int[], p_from time)
returns time
language plpgsql
immutable
as $$
declare
  v_hour constant int := extract(hour from p_from);
  v_minute constant int := extract(minute from p_from);
  v_second constant int := extract(second from p_from);
  v_h int;
  v_m int;
  v_s int;
begin
  foreach v_h in array p_hours
  loop
    continue when v_h < v_hour;
    foreach v_m in array p_minutes
    loop
      continue when v_h = v_hour and v_m < v_minute;
      foreach v_s in array p_seconds
      loop
        continue when v_h = v_hour and v_m = v_minute and v_s < v_second;
        return make_time(v_h, v_m, v_s);
      end loop;
    end loop;
  end loop;
  return null;
end
$$;
comment on function hera_internal.cron_time(int[], int[], int[], time) is 'The next time of a day by hours, minutes and seconds.';
