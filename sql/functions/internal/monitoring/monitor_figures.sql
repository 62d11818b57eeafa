-- hera_internal.monitor_figures: the figures of one kind; p_organization_id null: of every organization that the caller's policies show.
-- Errors: PT404 not_found.
create or replace function hera_internal.monitor_figures(
  p_what text, p_organization_id uuid, p_filter hera_internal.monitor_filter)
returns jsonb
language plpgsql
stable
as $$
begin
  -- A webhook that is not there is an error, whether or not there is anything to count.
  perform hera_internal.monitored_webhook(p_organization_id, p_filter.webhook_id);
  return case p_what
    when 'overview' then hera_internal.monitor_overview(p_organization_id, p_filter)
    when 'events' then hera_internal.monitor_events(p_organization_id, p_filter)
    when 'deliveries' then hera_internal.monitor_deliveries(p_organization_id, p_filter)
    when 'hours' then hera_internal.monitor_hours(p_organization_id, p_filter)
    when 'heat' then hera_internal.monitor_heat(p_organization_id, p_filter)
    when 'webhooks' then hera_internal.monitor_webhooks(p_organization_id, p_filter)
    when 'failures' then hera_internal.monitor_failures(p_organization_id, p_filter)
    when 'backlog' then hera_internal.monitor_backlog(p_organization_id, p_filter)
    when 'connectors' then hera_internal.monitor_connectors(p_organization_id, p_filter)
  end;
end
$$;
grant execute on function hera_internal.monitor_figures(text, uuid, hera_internal.monitor_filter) to hera_worker_owner;
comment on function hera_internal.monitor_figures(text, uuid, hera_internal.monitor_filter) is 'Figures of one kind.';
