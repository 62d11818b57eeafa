-- hera_internal.monitor: the figures that a monitoring RPC answers. Caller: RPCs that have authorized the actor as p_role.
-- A tenant's are read under row level security, like everything else of a tenant's. Platform admins who ask for the platform get those of
-- every organization, through hera_internal.monitor_everywhere.
create or replace function hera_internal.monitor(
  p_what text, p_role text, p_organization_id uuid, p_filter hera_internal.monitor_filter)
returns jsonb
language plpgsql
stable
as $$
begin
  return jsonb_build_object('success', true, 'since', p_filter.since, 'until', p_filter.until)
    || case
      when p_organization_id = hera_internal.platform_id() and p_role = 'platform_admin'
        then hera_internal.monitor_everywhere(p_what, p_filter)
      else hera_internal.monitor_figures(p_what, p_organization_id, p_filter)
    end;
end
$$;
comment on function hera_internal.monitor(text, text, uuid, hera_internal.monitor_filter) is
  'Figures of one organization, or of all for platform admins.';
