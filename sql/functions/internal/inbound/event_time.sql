-- hera_internal.event_time: a time as a provider writes it: seconds or milliseconds since 1970 (above 1e11 they are milliseconds), or ISO 8601.
-- Null where it is none.
create or replace function hera_internal.event_time(p_text text)
returns timestamptz
language plpgsql
stable
as $$
declare
  v_number numeric;
begin
  if p_text ~ '^[0-9]{1,15}(\.[0-9]{1,9})?$' then
    v_number := p_text::numeric;
    v_number := case when v_number > 1e11 then v_number / 1000 else v_number end;
    return case when v_number < 253402300800 then to_timestamp(v_number::double precision) end;
  elsif p_text ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}.{0,30}$' then
    return (p_text || case when p_text ~ '(Z|[+-][0-9]{2}:?[0-9]{2})$' then '' else 'Z' end)::timestamptz;
  end if;
  return null;
exception
  when data_exception then
    return null;
end
$$;
comment on function hera_internal.event_time(text) is 'A provider''s time.';
