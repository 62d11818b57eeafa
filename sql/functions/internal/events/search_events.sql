-- hera_internal.search_events: the newest events that hold a text in their payload, idempotency key or id, whatever its case.
-- There is no index on texts of payloads, which would cost every event that comes in; so a call looks through the newest 10,000 events that
-- the rest of the filter lets through, and its next_cursor goes on below them. To put a text into small letters by the rules of the
-- database's language takes most of the time, and a text of ASCII can do without them.
-- Answers {success, events, next_cursor, searched (events looked through)}.
-- Errors: PT400 filter.invalid; PT404 not_found (a webhook).
create or replace function hera_internal.search_events(p_organization_id uuid, p_filter jsonb, p_max_rows int)
returns jsonb
language plpgsql
stable
as $$
declare
  v_window constant int := 10000;
  v_text constant text := p_filter ->> 'search';
  -- As the text stands within a payload's JSON.
  v_quoted constant text := lower(substr(to_jsonb(v_text)::text, 2, length(to_jsonb(v_text)::text) - 2));
  v_is_ascii constant boolean := octet_length(v_text) = length(v_text);
  v_answer jsonb;
begin
  if jsonb_typeof(p_filter -> 'search') <> 'string' or length(v_text) not between 1 and 200 then
    perform hera_internal.fail(400, 'filter.invalid', 'filter.search must be a text of 1 to 200 characters', 'For example "order-17".');
  end if;
  with looked_at as materialized (
    select e.id, row_number() over (order by e.id desc) as nth,
      case when v_is_ascii then strpos(lower(e.event_data::text collate "C"), v_quoted) else strpos(lower(e.event_data::text), v_quoted) end > 0
        or strpos(lower(e.idempotency_key), lower(v_text)) > 0 or e.id::text = lower(v_text) as fits
    from hera_internal.events_matching(p_organization_id, p_filter, v_window) e
  ), found as (
    select l.nth, l.id, e
    from (select l.* from looked_at l where l.fits order by l.nth limit p_max_rows) l
    join hera.events e on e.organization_id = p_organization_id and e.id = l.id
  )
  select jsonb_build_object(
    'success', true,
    'events', (select coalesce(jsonb_agg(hera_internal.event_json(f.e) order by f.nth), '[]') from found f),
    'next_cursor', case
      when (select count(*) from found) = p_max_rows then (select f.id from found f order by f.nth desc limit 1)
      when (select count(*) from looked_at) = v_window then (select l.id from looked_at l order by l.nth desc limit 1) end,
    'searched', case
      when (select count(*) from found) = p_max_rows then (select max(f.nth) from found f)
      else (select count(*) from looked_at) end)
  into v_answer;
  return v_answer;
end
$$;
comment on function hera_internal.search_events(uuid, jsonb, int) is 'Events that hold a text.';
