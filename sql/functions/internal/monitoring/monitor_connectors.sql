-- hera_internal.monitor_connectors: installations that are not uninstalled, the one whose token is over first first.
create or replace function hera_internal.monitor_connectors(p_organization_id uuid, p_filter hera_internal.monitor_filter)
returns jsonb
language plpgsql
stable
as $$
declare
  v_now constant timestamptz := hera_internal.now();
begin
  return (
    with installation as materialized (
      select e.organization_id, e.id, e.entity_code as code, e.status, hera_internal.health_state(e.organization_id, e.id) as state, e.created_at,
        t.field_value_date as token_expires_at, s.field_value_date as last_success_at,
        coalesce(f.field_value_text, f.field_value_json::text) as last_error
      from hera.core_entities e
      left join hera.core_dynamic_data t
        on t.organization_id = e.organization_id and t.entity_id = e.id and t.field_name = 'token_expires_at'
      left join hera.core_dynamic_data s
        on s.organization_id = e.organization_id and s.entity_id = e.id and s.field_name = 'last_success_at'
      left join hera.core_dynamic_data f
        on f.organization_id = e.organization_id and f.entity_id = e.id and f.field_name = 'last_error'
      where e.entity_type = 'INTEGRATION_CONNECTOR_INSTALL' and e.status <> 'inactive'
        and (p_organization_id is null or e.organization_id = p_organization_id)
    )
    select jsonb_build_object(
      'connectors', (
        select coalesce(jsonb_agg(to_jsonb(c) order by c.code), '[]')
        from (
          select i.code, count(*) as installations, count(*) filter (where i.status = 'active') as active,
            count(*) filter (where i.status = 'paused') as paused, count(*) filter (where i.status = 'error') as error,
            count(*) filter (where i.status = 'pending_auth') as pending_auth,
            count(*) filter (where i.status = 'reauth_required') as reauth_required,
            count(*) filter (where i.token_expires_at <= v_now) as tokens_expired,
            count(*) filter (where i.token_expires_at > v_now and i.token_expires_at <= v_now + interval '7 days')
              as tokens_expiring_in_7_days
          from installation i
          group by i.code) c),
      'installations', (
        select coalesce(jsonb_agg(to_jsonb(x) order by x.token_expires_at nulls last, x.code, x.id), '[]')
        from (
          select i.*, round(extract(epoch from i.token_expires_at - v_now)) as token_expires_in_seconds
          from installation i
          order by i.token_expires_at nulls last, i.code, i.id
          limit p_filter.max_rows) x)));
end
$$;
grant execute on function hera_internal.monitor_connectors(uuid, hera_internal.monitor_filter) to hera_worker_owner;
comment on function hera_internal.monitor_connectors(uuid, hera_internal.monitor_filter) is 'Installations, their health and tokens.';
