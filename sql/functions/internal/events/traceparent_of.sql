-- hera_internal.traceparent_of: the trace that an event belongs to, from the options of its call, or null.
-- The lengths are told by like: in the regular expression they cost four times as much (20 against 5 µs).
-- Errors: PT400 options.invalid.  Source: W3C Trace Context, version 00.
create or replace function hera_internal.traceparent_of(p_options jsonb)
returns text
language plpgsql
as $$
declare
  v_traceparent constant text := p_options ->> 'traceparent';
begin
  if v_traceparent not like '00-________________________________-________________-__'
    or v_traceparent !~ '^[0-9a-f]+-[0-9a-f]+-[0-9a-f]+-[0-9a-f]+$' then
    perform hera_internal.fail(400, 'options.invalid', 'options.traceparent is no W3C traceparent of version 00',
      'For example 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01.');
  end if;
  return v_traceparent;
end
$$;
comment on function hera_internal.traceparent_of(jsonb) is 'options.traceparent, checked.';
