-- hera_internal.finish_revoke: what became of taking an authorization back. A refusal ends it too: what the provider does not know needs no
-- revoking. Without an answer it is tried ten times, over some hours. The audit trail has how it ended.
create or replace function hera_internal.finish_revoke(p_task hera.connector_tasks, p_error jsonb)
returns text
language plpgsql
volatile
as $$
begin
  if p_error ->> 'class' = 'retry' and p_task.tries < 9 then
    update hera.connector_tasks t
    set tries = t.tries + 1,
      due_at = hera_internal.now() + greatest((p_error ->> 'wait_s')::numeric, 5 * power(3, t.tries)) * interval '1 second'
    where t.organization_id = p_task.organization_id and t.id = p_task.id;
    return 'retry';
  end if;
  delete from hera.connector_tasks t where t.organization_id = p_task.organization_id and t.id = p_task.id;
  perform hera_internal.audit('00000000-0000-0000-0000-000000000001', p_task.organization_id, 'hera_connector_oauth_v1', 'REVOKE',
    p_task.installation_id, jsonb_build_object('result', case p_error ->> 'class' when 'success' then 'revoked' else p_error ->> 'code' end));
  return case p_error ->> 'class' when 'success' then 'done' else 'failed' end;
end
$$;
comment on function hera_internal.finish_revoke(hera.connector_tasks, jsonb) is 'Settles a revocation.';
