-- hera_internal.task_request: the request of a claimed task, sealed for the sender; null where there is none to send, and the task has then
-- been settled. Runs as the owner of the tenants' rows, for the claim, which has none of them.
-- Errors: PT500 encryption.key_missing.
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
  v_suspended boolean;
  v_code text;
begin
  perform hera_internal.set_tenant(p_organization_id);
  select o.status <> 'active' into v_suspended from hera.core_organizations o where o.id = p_organization_id;
  select * into v_task from hera.connector_tasks t where t.organization_id = p_organization_id and t.id = p_task_id;
  v_config := hera_internal.installed_definition(p_organization_id, v_task.installation_id);
  begin
    v_request := case v_task.kind
      when 'revoke' then hera_internal.unseal(v_task.sealed)::jsonb
      when 'refresh' then hera_internal.refresh_request(p_organization_id, v_task.installation_id, v_config)
      -- A suspended organization keeps its tokens alive, and gets nothing.
      when 'poll' then case when not v_suspended then hera_internal.poll_request(p_organization_id, v_task.installation_id, v_config, v_task) end
      when 'health' then case when not v_suspended then hera_internal.provider_request(
        p_organization_id, v_task.installation_id, v_config, v_config #> '{health,request}') end
    end;
  exception
    -- A field is empty that the request needs, or a secret was sealed with a key that is gone: nothing is sent until the next time, and the
    -- tasks of others are not held up. What is wrong with the session, or a deadlock, concerns them all.
    when others then
      get stacked diagnostics v_code = pg_exception_detail;
      if v_code in ('encryption.key_missing', 'encryption.key_malformed') or sqlstate like '40%' then
        raise;
      end if;
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
