-- hera_internal.put_off_task: a task failed and is tried again: after what the provider asks for, else 5 s, doubled with each try, at most an
-- hour. Notes the error at the installation, without what it holds of secrets.
create or replace function hera_internal.put_off_task(p_task hera.connector_tasks, p_what text, p_error jsonb)
returns void
language plpgsql
volatile
as $$
begin
  update hera.connector_tasks t
  set tries = least(t.tries + 1, 1000),
    due_at = hera_internal.now() + greatest((p_error ->> 'wait_s')::numeric, least(3600, 5 * power(2, least(t.tries, 10)))) * interval '1 second'
  where t.organization_id = p_task.organization_id and t.id = p_task.id;
  perform hera_internal.set_installation_health(p_task.organization_id, p_task.installation_id,
    hera_internal.told_error(p_task.organization_id, p_task.installation_id, p_what, p_error));
end
$$;
comment on function hera_internal.put_off_task(hera.connector_tasks, text, jsonb) is 'Has a task tried again later.';
