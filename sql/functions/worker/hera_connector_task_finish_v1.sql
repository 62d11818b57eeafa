-- as hera_owner
-- hera_connector_task_finish_v1: report what a provider answered to the request of a claimed task.
-- Caller: connector task runner.  Writes: connector_tasks, secrets, core_entities, core_dynamic_data, audit_log, events and deliveries.
-- Locks: the installation, then the task.  Errors: PT500 encryption.key_missing.
create or replace function public.hera_connector_task_finish_v1(
  p_organization_id uuid, p_task_id uuid, p_fence uuid, p_status int, p_headers jsonb, p_body text, p_error text)
returns text
language plpgsql
volatile security definer
set search_path = pg_catalog, hera, pg_temp
as $$
declare
  v_task hera.connector_tasks;
  v_config jsonb;
  v_error jsonb;
begin
  perform hera_internal.set_tenant(p_organization_id);
  -- In the order in which all else locks them.
  perform from hera.core_entities e
  where e.organization_id = p_organization_id and e.id = (
    select t.installation_id from hera.connector_tasks t where t.organization_id = p_organization_id and t.id = p_task_id)
  for update;
  update hera.connector_tasks t set fence = null
  where t.organization_id = p_organization_id and t.id = p_task_id and t.fence = p_fence
  returning t.* into v_task;
  if not found then
    return 'lost';
  end if;
  v_config := hera_internal.installed_definition(p_organization_id, v_task.installation_id);
  v_error := hera_internal.provider_error(v_config, p_status, p_error, p_headers, p_body, v_task.tries + 1);
  begin
    return case v_task.kind
      when 'refresh' then hera_internal.finish_refresh(v_task, v_config, v_error, p_status, p_body)
      when 'poll' then hera_internal.finish_poll(v_task, v_config, v_error, p_body)
      when 'health' then hera_internal.finish_health(v_task, v_config, v_error, p_status)
      when 'revoke' then hera_internal.finish_revoke(v_task, v_error) end;
  exception
    -- An answer that can't be digested would come back with each lease; so it is put off as any other failure.
    when others then
      if sqlstate like '40%' or sqlstate = 'PT500' then
        raise;
      end if;
      perform hera_internal.put_off_task(v_task, format('The %s', v_task.kind), jsonb_build_object('code', 'answer_not_understood'));
      return 'retry';
  end;
end
$$;
revoke all on function public.hera_connector_task_finish_v1(uuid, uuid, uuid, int, jsonb, text, text) from public;
grant execute on function public.hera_connector_task_finish_v1(uuid, uuid, uuid, int, jsonb, text, text) to hera_worker, hera_dba;
comment on function public.hera_connector_task_finish_v1(uuid, uuid, uuid, int, jsonb, text, text) is
$doc$Reports what came of a task that hera_connector_task_claim_v1 leased.

p_organization_id, p_task_id, p_fence: as claimed. p_status: HTTP status, null where no whole answer came; p_headers: {lower-case name: value};
p_body: the answer; p_error: null or a machine code (see hera_outbox_finish_v1).
Answers done, more (a poll goes on with its next page), retry, failed (not before the next time), reauth_required (a person has to authorize
the installation), or lost: the lease was over and somebody else has the task, so nothing was changed.
Errors: PT500 encryption.key_missing.

select hera_connector_task_finish_v1('00000000-0000-0000-0000-000000000000', gen_random_uuid(), gen_random_uuid(), 200, '{}', '{}', null);$doc$;
