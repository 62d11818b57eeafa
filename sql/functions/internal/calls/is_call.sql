-- hera_internal.is_call: is an event a call of a provider? These go to no webhook; what became of them does.
create or replace function hera_internal.is_call(p_event hera.events)
returns boolean
language sql
immutable
return p_event.smart_code like 'HERA.INTEGRATION.CALL.%' and p_event.event_type like 'action.%' and p_event.installation_id is not null;
comment on function hera_internal.is_call(hera.events) is 'True where an event is a call of a provider.';
