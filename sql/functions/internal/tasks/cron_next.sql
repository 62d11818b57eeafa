-- hera_internal.cron_next: the first moment after p_after that a cron expression names, in UTC; null where there is none in five years.
create or replace function hera_internal.cron_next(p_cron text, p_after timestamptz)
returns timestamptz
language plpgsql
immutable
as $$
declare
  v_cron record := hera_internal.cron_fields(p_cron);
  v_at timestamp := date_trunc('second', p_after at time zone 'UTC') + interval '1 second';
  v_day date;
  v_time time;
  v_fits_day boolean;
  v_fits_weekday boolean;
begin
  if v_cron.seconds is null or v_cron.minutes is null or v_cron.hours is null
    or v_cron.days is null or v_cron.months is null or v_cron.weekdays is null then
    return null;
  end if;
  for i in 0 .. 1830
  loop
    v_day := v_at::date + i;
    continue when extract(month from v_day)::int <> all (v_cron.months);
    v_fits_day := extract(day from v_day)::int = any (v_cron.days);
    v_fits_weekday := extract(dow from v_day)::int = any (v_cron.weekdays);
    continue when not case when v_cron.any_day then v_fits_day or v_fits_weekday else v_fits_day and v_fits_weekday end;
    v_time := hera_internal.cron_time(v_cron.hours, v_cron.minutes, v_cron.seconds, case when i = 0 then v_at::time else time '00:00' end);
    if v_time is not null then
      return (v_day + v_time) at time zone 'UTC';
    end if;
  end loop;
  return null;
end
$$;
comment on function hera_internal.cron_next(text, timestamptz) is 'The next moment of a cron expression.';
