-- hera_internal.task_request: the request of a claimed task, sealed for the sender; null where there is none to send, and the task has then
-- been settled. Runs as the owner of the tenants' rows, for the claim, which has none of them.
-- Errors: PT500 encryption.key_missing, encryption.key_unknown.
create or replace function hera_internal.task_request(p_organization_id uuid, p_task_id uuid)
returns bytea
language plpgsql
volatile security definer
set search_path = pg_catalog, hera, pg_temp
as $$
declare
  v_task hera.connector_tasks;
  v_config jsonb;
  v_request jsonb;
begin
  perform hera_internal.set_tenant(p_organization_id);
  select * into v_task from hera.connector_tasks t where t.organization_id = p_organization_id and t.id = p_task_id;
  v_config := hera_internal.installed_definition(p_organization_id, v_task.installation_id);
  begin
    v_request := case v_task.kind
      when 'revoke' then hera_internal.unseal(v_task.sealed)::jsonb
      when 'refresh' then hera_internal.refresh_request(p_organization_id, v_task.installation_id, v_config)
      when 'poll' then hera_internal.poll_request(p_organization_id, v_task.installation_id, v_config, v_task)
      when 'health' then hera_internal.provider_request(p_organization_id, v_task.installation_id, v_config, v_config #> '{health,request}')
    end;
  exception
    -- A field is empty that the request needs, or it would make no sound request: nothing is sent until the next time.
    when sqlstate 'PT400' or sqlstate 'PT409' then
      v_request := null;
  end;
  if v_request is not null then
    return hera_internal.seal_for_sender(v_request::text);
  end if;
  perform hera_internal.task_without_request(v_task, v_config);
  return null;
end
$$;
grant execute on function hera_internal.task_request(uuid, uuid) to hera_worker_owner;
comment on function hera_internal.task_request(uuid, uuid) is 'The sealed request of a task.';
