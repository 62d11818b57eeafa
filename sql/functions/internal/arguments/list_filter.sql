-- hera_internal.list_filter: the filter of a list RPC, checked and typed. One form for all lists.
-- p_known: the keys that this list reads beside limit and cursor.
-- Errors: PT400 filter.unknown, filter.invalid, field.invalid.
create or replace function hera_internal.list_filter(
  p_filter jsonb, p_known text[],
  out max_rows int, out cursor_id uuid, out after_id uuid, out before_id uuid,
  out webhook_id uuid, out event_id uuid, out event_source text, out event_type text, out connector_code text, out status text)
language plpgsql
stable
as $$
declare
  -- Ids tell times from 1970 on; what lies outside is as good as the bound.
  v_first constant timestamptz := timestamptz '1970-01-01 00:00:00+00';
  v_last constant timestamptz := timestamptz '9999-12-31 00:00:00+00';
  v_key text;
begin
  perform hera_internal.check_keys('filter', p_filter, array['limit', 'cursor'] || p_known);
  foreach v_key in array array['since', 'until']
  loop
    begin
      perform (p_filter ->> v_key)::timestamptz;
    exception
      when others then
        perform hera_internal.fail(400, 'filter.invalid', format('filter.%s is not a time', v_key), 'For example 2026-01-31T12:00:00Z.');
    end;
  end loop;
  if coalesce(p_filter ->> 'limit', '50') !~ '^[0-9]{1,4}$' or (p_filter ->> 'limit')::int not between 1 and 1000 then
    perform hera_internal.fail(400, 'filter.invalid', 'filter.limit must be a whole number from 1 to 1000', null);
  end if;
  max_rows := coalesce((p_filter ->> 'limit')::int, 50);
  cursor_id := coalesce(hera_internal.to_uuid('filter.cursor', p_filter ->> 'cursor'), 'ffffffff-ffff-ffff-ffff-ffffffffffff');
  after_id := coalesce(case when p_filter ->> 'since' is not null then
    hera_internal.id_floor(greatest(v_first, least(v_last, (p_filter ->> 'since')::timestamptz))) end, '00000000-0000-0000-0000-000000000000');
  before_id := coalesce(case when p_filter ->> 'until' is not null then
    hera_internal.id_floor(greatest(v_first, least(v_last, (p_filter ->> 'until')::timestamptz))) end, 'ffffffff-ffff-ffff-ffff-ffffffffffff');
  webhook_id := hera_internal.to_uuid('filter.webhook_id', p_filter ->> 'webhook_id');
  event_id := hera_internal.to_uuid('filter.event_id', p_filter ->> 'event_id');
  event_source := p_filter ->> 'event_source';
  event_type := p_filter ->> 'event_type';
  connector_code := p_filter ->> 'connector_code';
  status := p_filter ->> 'status';
end
$$;
comment on function hera_internal.list_filter(jsonb, text[]) is
  'Types the filter of a list: limit (1 to 1000, default 50), cursor (an id), since, until, and the given keys.';
