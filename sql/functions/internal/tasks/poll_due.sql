-- hera_internal.poll_due: when a poll or a health check of a definition is due next: by its cron expression, in UTC, or every_s (with a
-- spread of a tenth, so that installations do not all come at once).
create or replace function hera_internal.poll_due(p_rule jsonb, p_after timestamptz)
returns timestamptz
language sql
volatile
as $$
  select case
    when p_rule ? 'cron' then hera_internal.cron_next(p_rule ->> 'cron', p_after)
    else p_after + coalesce((p_rule ->> 'every_s')::int, 900) * (0.9 + 0.2 * random()) * interval '1 second' end;
$$;
comment on function hera_internal.poll_due(jsonb, timestamptz) is 'When a poll or health check is due next.';
