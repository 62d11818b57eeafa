-- hera_internal.monitor_filter: the filter of a monitoring RPC, checked and typed: since (a day ago), until (now) and limit, and the
-- keys of p_known. The period is taken in whole hours, and is 93 days at most.
-- Errors: PT400 filter.invalid, filter.unknown, field.invalid.
create or replace function hera_internal.monitor_filter(p_filter jsonb, p_known text[])
returns hera_internal.monitor_filter
language plpgsql
volatile
as $$
declare
  v_filter hera_internal.monitor_filter;
  v_list record;
begin
  perform hera_internal.check_keys('filter', p_filter, array['since', 'until', 'limit'] || p_known);
  v_list := hera_internal.list_filter(p_filter, array['since', 'until', 'webhook_id', 'event_source']);
  v_filter.until := hera_internal.hour_of(coalesce((p_filter ->> 'until')::timestamptz, hera_internal.now()) - interval '1 microsecond')
    + interval '1 hour';
  v_filter.since := hera_internal.hour_of(coalesce((p_filter ->> 'since')::timestamptz, v_filter.until - interval '24 hours'));
  if not isfinite(v_filter.since) or not isfinite(v_filter.until) or v_filter.since >= v_filter.until
    or v_filter.until - v_filter.since > interval '93 days' then
    perform hera_internal.fail(400, 'filter.invalid', 'filter.since must be before filter.until, and at most 93 days',
      'Ask for a shorter period.');
  end if;
  v_filter.webhook_id := v_list.webhook_id;
  v_filter.event_source := v_list.event_source;
  v_filter.max_rows := coalesce((p_filter ->> 'limit')::int, 200);
  return v_filter;
end
$$;
comment on function hera_internal.monitor_filter(jsonb, text[]) is
  'Types {since, until, limit (1 to 1000, default 200)} and the given keys.';
