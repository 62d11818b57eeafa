-- hera_internal.delivery_body: the body of a delivery; the same on every attempt.
-- Source, type and smart code hold no sign that JSON escapes (hera_internal.event_fault sees to it).
-- One expression, so that it becomes part of the query that calls it: a call a row costs more than all the rest of it.
create or replace function hera_internal.delivery_body(p_event hera.events, p_data text)
returns text
language sql
stable
return concat(
  '{"id":"', (p_event).id, '","type":"', (p_event).event_source, '.', (p_event).event_type,
  '","timestamp":"', hera_internal.iso_time((p_event).created_at),
  '","organization_id":"', (p_event).organization_id, '","topic":"', (p_event).event_source, '.', (p_event).event_type,
  '","smart_code":"', (p_event).smart_code, '","data":', p_data, '}');
grant execute on function hera_internal.delivery_body(hera.events, text) to hera_worker_owner;
comment on function hera_internal.delivery_body(hera.events, text) is
  '{id, type, timestamp, organization_id, topic, smart_code, data} as text.';
