-- hera_internal.monitor_connector_totals: how the installations are, in numbers.
create or replace function hera_internal.monitor_connector_totals(p_organization_id uuid)
returns jsonb
language plpgsql
stable
as $$
begin
  return (
    select jsonb_build_object(
      'installations', coalesce(sum(x.installations), 0), 'installations_active', coalesce(sum(x.active), 0),
      'installations_in_error', coalesce(sum(x.error), 0), 'installations_to_authorize', coalesce(sum(x.reauth_required), 0),
      'tokens_expired', coalesce(sum(x.tokens_expired), 0), 'tokens_expiring_in_7_days', coalesce(sum(x.tokens_expiring_in_7_days), 0))
    from jsonb_to_recordset(hera_internal.monitor_connectors(p_organization_id, null) -> 'connectors')
      as x (installations int, active int, error int, reauth_required int, tokens_expired int, tokens_expiring_in_7_days int));
end
$$;
grant execute on function hera_internal.monitor_connector_totals(uuid) to hera_worker_owner;
comment on function hera_internal.monitor_connector_totals(uuid) is 'Numbers of installations.';
