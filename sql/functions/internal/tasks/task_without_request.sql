-- hera_internal.task_without_request: settle a claimed task that has nothing to send. A token that has ended and can't be renewed ends the
-- authorization; one that could be, but for a field that is empty, is looked at again in an hour; a poll or check that lacks a field waits for its next time; a revoke is over.
create or replace function hera_internal.task_without_request(p_task hera.connector_tasks, p_config jsonb)
returns void
language plpgsql
volatile
as $$
declare
  v_now constant timestamptz := hera_internal.now();
  v_rule jsonb := case p_task.kind
    when 'poll' then jsonb_path_query_first(p_config, '$.polls[*] ? (@.code == $c)', jsonb_build_object('c', p_task.code))
    when 'health' then p_config -> 'health' end;
  v_token record;
begin
  if p_task.kind = 'refresh' then
    update hera.connector_tasks t set fence = null, due_at = v_now + interval '1 hour'
    where t.organization_id = p_task.organization_id and t.id = p_task.id;
    v_token := hera_internal.token_state(p_task.organization_id, p_task.installation_id, p_config -> 'auth');
    if v_token.expires_at <= v_now then
      perform hera_internal.end_authorization(p_task.organization_id, p_task.installation_id, 'The authorization has ended.');
    elsif v_token.can_refresh then
      perform hera_internal.set_installation_health(p_task.organization_id, p_task.installation_id,
        'The renewal of the token can''t be asked for: a field is empty, or a secret can''t be opened.');
    else
      perform hera_internal.keep_tasks(p_task.organization_id, p_task.installation_id);
    end if;
  elsif v_rule is null then
    delete from hera.connector_tasks t where t.organization_id = p_task.organization_id and t.id = p_task.id;
  else
    update hera.connector_tasks t set fence = null, due_at = hera_internal.poll_due(v_rule, v_now)
    where t.organization_id = p_task.organization_id and t.id = p_task.id;
  end if;
end
$$;
comment on function hera_internal.task_without_request(hera.connector_tasks, jsonb) is 'Settles a task that has nothing to send.';
