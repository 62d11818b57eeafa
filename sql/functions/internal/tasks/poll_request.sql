-- hera_internal.poll_request: the request of a poll: {{since}} is what the cursor was after the last one that came to its end. Of an answer in
-- several pages the next one is asked for by the parameter page.param. Null where a field is empty that the poll needs.
-- Errors: those of provider_request.
create or replace function hera_internal.poll_request(
  p_organization_id uuid, p_installation_id uuid, p_config jsonb, p_task hera.connector_tasks)
returns jsonb
language plpgsql
volatile
as $$
declare
  v_poll jsonb := jsonb_path_query_first(p_config, '$.polls[*] ? (@.code == $c)', jsonb_build_object('c', p_task.code));
begin
  if v_poll is null or exists (
    select from jsonb_array_elements_text(v_poll -> 'needs') n
    where not exists (
      select from hera.core_dynamic_data d
      where d.organization_id = p_organization_id and d.entity_id = p_installation_id and d.field_name = 'installation_config'
        and d.field_value_json ->> n <> '')) then
    return null;
  end if;
  v_poll := jsonb_build_object('method', 'GET') || v_poll;
  if p_task.state ? 'page' then
    v_poll := v_poll || jsonb_build_object('query', coalesce(v_poll -> 'query', '{}')
      || jsonb_build_object(v_poll #>> '{page,param}', '{{page}}'));
  end if;
  return hera_internal.provider_request(p_organization_id, p_installation_id, p_config, v_poll,
    jsonb_build_object('since', p_task.state -> 'cursor', 'page', p_task.state -> 'page'));
end
$$;
comment on function hera_internal.poll_request(uuid, uuid, jsonb, hera.connector_tasks) is 'The request of a poll.';
