-- Requests are listed and read as they came; another organization's are not there; retention takes them.
do $$
declare
  v_acme record := hera_test.organization('acme');
  v_beta record := hera_test.organization('beta');
  v_id uuid;
  v_answer jsonb;
begin
  perform hera_test.hooks();
  perform hera_test.install(v_acme.organization, 'test-hooks', '{"secret": "s-acme"}');
  perform hera_test.hook('[{"id": 1, "kind": "paid"}]', 's-acme');
  v_id := (hera_test.hook('no JSON', 's-acme') #>> '{log,request_id}')::uuid;

  v_answer := hera_inbound_requests_v1(v_acme.admin, v_acme.organization);
  assert jsonb_array_length(v_answer -> 'requests') = 2 and v_answer #>> '{requests,0,id}' = v_id::text, v_answer::text;
  assert v_answer #>> '{requests,0,uri}' = 'https://hera.example.com/in?token=••••', v_answer::text;
  v_answer := hera_inbound_requests_v1(v_acme.admin, v_acme.organization, 'LIST', '{"status": "failed", "limit": 1, "connector_code": "test-hooks"}');
  assert jsonb_array_length(v_answer -> 'requests') = 1 and v_answer #>> '{requests,0,status_reason}' = 'the body is not JSON', v_answer::text;
  v_answer := hera_inbound_requests_v1(v_acme.admin, v_acme.organization, 'GET', p_request_id => v_id) -> 'request';
  assert v_answer ->> 'body' = 'no JSON' and v_answer ->> 'body_base64' = 'bm8gSlNPTg==' and v_answer #>> '{events,0,status}' = 'failed', v_answer::text;
  assert hera_integration_event_list_v1(v_acme.admin, v_acme.organization, '{"status": "failed"}') #>> '{events,0,status_reason}' = 'the body is not JSON';

  perform hera_test.raises(format('select hera_inbound_requests_v1(%L, %L, %L, p_request_id => %L)', v_beta.admin, v_beta.organization, 'GET', v_id), 'PT404', 'not_found');
  assert hera_inbound_requests_v1(v_beta.admin, v_beta.organization) -> 'requests' = '[]';
  perform hera_test.raises(format('select hera_inbound_requests_v1(%L, %L)', hera_test.member(v_acme.organization), v_acme.organization), 'PT403', 'permission_denied');
  perform hera_test.raises(format('select hera_inbound_requests_v1(%L, %L, %L)', v_acme.admin, v_acme.organization, 'DELETE'), 'PT400', 'operation.unknown');

  perform hera_organization_v1(v_acme.admin, 'UPDATE', jsonb_build_object('id', v_acme.organization, 'settings', jsonb '{"retention": {"inbound_requests": 2}}'));
  perform hera_test.move_clock('4 days');
  perform hera_outbox_maintain_v1();
  assert hera_inbound_requests_v1(v_acme.admin, v_acme.organization) -> 'requests' = '[]';
  assert cardinality(hera_test.events_of(v_acme.organization)) = 2, 'events have their own retention';
end
$$;
