-- hera_test.reach: the platform's host is reached at this origin.
create function hera_test.reach(p_origin text default 'https://hera.example.com') returns void
language sql
as $$
  select hera_platform_settings_v1(jsonb_build_object('public_url', p_origin));
$$;

-- hera_test.begin: CONNECT, and the state of the address that it answers.
create function hera_test.begin(p_actor uuid, p_organization uuid, p_code text, p_oauth jsonb default '{}') returns text
language sql
as $$
  select substring(hera_connector_oauth_v1(p_actor, p_organization, 'CONNECT', p_code, p_oauth) ->> 'authorize_url' from '[?&]state=([^&]*)');
$$;

-- hera_test.authorize: CONNECT, the callback with a code, and the provider's answer to the token request. Answers the outcome and "request".
create function hera_test.authorize(p_actor uuid, p_organization uuid, p_code text, p_answer jsonb, p_status int default 200) returns jsonb
language plpgsql
as $$
declare
  v_callback jsonb := hera_connector_oauth_callback_v1(hera_test.begin(p_actor, p_organization, p_code), 'the-code');
begin
  return hera_connector_oauth_answer_v1(v_callback ->> 'ticket', p_status, '{}', p_answer::text)
    || jsonb_build_object('request', hera_test.credentials(decode(v_callback ->> 'request', 'base64')));
end
$$;

-- hera_test.run_tasks: claim what is due and report the same answer for each of a kind (null: all). Answers [{kind, request, result}].
create function hera_test.run_tasks(p_kind text, p_status int, p_body text default null, p_error text default null, p_headers jsonb default '{}')
returns jsonb
language plpgsql
as $$
declare
  v_task record;
  v_done jsonb := '[]';
begin
  for v_task in select * from hera_connector_task_claim_v1('test', 100)
  loop
    continue when v_task.kind <> p_kind;
    v_done := v_done || jsonb_build_object('kind', v_task.kind, 'request', hera_test.credentials(v_task.request),
      'result', hera_connector_task_finish_v1(v_task.organization_id, v_task.task_id, v_task.fence, p_status, p_headers, p_body, p_error));
  end loop;
  return v_done;
end
$$;

-- hera_test.fare: status and state of an installation, as hera_connector_health_v1 tells.
create function hera_test.fare(p_actor uuid, p_organization uuid, p_code text) returns text
language sql
as $$
  select concat_ws(' ', i ->> 'status', i ->> 'state')
  from jsonb_array_elements(hera_connector_health_v1(p_actor, p_organization, 'LIST', p_code) -> 'installations') i;
$$;
