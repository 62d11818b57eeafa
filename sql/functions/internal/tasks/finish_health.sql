-- hera_internal.finish_health: what a health check found. Three failures in a row put the installation in error, one success takes it out.
-- A refused token is renewed once, and the check repeated.
create or replace function hera_internal.finish_health(p_task hera.connector_tasks, p_config jsonb, p_error jsonb, p_status int)
returns text
language plpgsql
volatile
as $$
declare
  v_now constant timestamptz := hera_internal.now();
  v_expected constant jsonb := p_config #> '{health,expect,status}';
  v_refresh text;
begin
  perform hera_internal.store_field('00000000-0000-0000-0000-000000000001', p_task.organization_id, p_task.installation_id,
    'last_checked_at', 'date', to_jsonb(v_now), e.smart_code)
  from hera.core_entities e
  where e.organization_id = p_task.organization_id and e.id = p_task.installation_id;
  if v_expected @> to_jsonb(p_status) or v_expected @> to_jsonb(p_status / 100 || 'xx') then
    update hera.connector_tasks t set tries = 0, due_at = hera_internal.poll_due(p_config -> 'health', v_now)
    where t.organization_id = p_task.organization_id and t.id = p_task.id;
    perform hera_internal.installation_works(p_task.organization_id, p_task.installation_id);
    return 'done';
  elsif p_error ->> 'class' = 'reauth' then
    v_refresh := hera_internal.request_refresh(p_task.organization_id, p_task.installation_id);
    if v_refresh = 'reauth_required' then
      return v_refresh;
    end if;
  end if;
  perform hera_internal.put_off_task(p_task, 'The health check', p_error);
  if v_refresh is null and p_task.tries >= 2 then
    perform hera_internal.installation_fails(p_task.organization_id, p_task.installation_id);
  end if;
  return 'retry';
end
$$;
comment on function hera_internal.finish_health(hera.connector_tasks, jsonb, jsonb, int) is 'Settles a health check.';
