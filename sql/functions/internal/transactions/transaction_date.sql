-- hera_internal.transaction_date: a date or time of ISO 8601; one without an offset is UTC, whatever the session's time zone.
-- Null where it is none (PostgreSQL itself would take words such as tomorrow).
create or replace function hera_internal.transaction_date(p_text text)
returns timestamptz
language plpgsql
immutable
as $$
begin
  if p_text !~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}(:?[0-9]{2})?)?)?$' then
    return null;
  end if;
  return (p_text || case when p_text ~ '[T ].*(Z|[+-][0-9:]+)$' then '' else ' UTC' end)::timestamptz;
exception
  when datetime_field_overflow or invalid_datetime_format then
    return null;
end
$$;
comment on function hera_internal.transaction_date(text) is 'Reads an ISO 8601 date or time.';
