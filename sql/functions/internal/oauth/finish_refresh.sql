-- hera_internal.finish_refresh: what a token endpoint answered to a refresh.
--   tokens                     are kept; an installation that was in error is active again
--   error_map.reauth fits      the authorization is over; it is never asked again
--   anything else              tried again; once the old token has ended the installation is in error
create or replace function hera_internal.finish_refresh(p_task hera.connector_tasks, p_config jsonb, p_error jsonb, p_status int, p_body text)
returns text
language plpgsql
volatile
as $$
declare
  v_actor constant uuid := uuid '00000000-0000-0000-0000-000000000001';
  v_answer constant jsonb := hera_internal.json_or_null(p_body);
begin
  if p_status between 200 and 299
    and hera_internal.store_tokens(v_actor, p_task.organization_id, p_task.installation_id, p_config, v_answer) then
    perform hera_internal.installation_works(p_task.organization_id, p_task.installation_id);
    return 'done';
  elsif exists (
    select from jsonb_array_elements_text(p_config #> '{auth,error_map,reauth}') r (path)
    where jsonb_path_exists(v_answer, r.path::jsonpath, '{}', true)) then
    perform hera_internal.end_authorization(p_task.organization_id, p_task.installation_id,
      hera_internal.told_error(p_task.organization_id, p_task.installation_id, 'The renewal of the token', p_error));
    return 'reauth_required';
  end if;
  perform hera_internal.put_off_task(p_task, 'The renewal of the token', p_error);
  if (hera_internal.token_state(p_task.organization_id, p_task.installation_id, p_config -> 'auth')).expires_at <= hera_internal.now() then
    perform hera_internal.installation_fails(p_task.organization_id, p_task.installation_id);
  end if;
  return 'retry';
end
$$;
comment on function hera_internal.finish_refresh(hera.connector_tasks, jsonb, jsonb, int, text) is 'Settles a refresh.';
