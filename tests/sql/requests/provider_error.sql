-- Answers of the five providers and what they mean.
do $$
declare
  v_case record;
  v_found jsonb;
begin
  perform hera_test.set_clock('2026-05-05 20:00:00+00');
  for v_case in
    select c.*, d.field_value_json as config
    from (values
      ('whatsapp-business-cloud', 200, null, '{"messages": [{"id": "w"}]}', 1, '{}'::jsonb, 'success', null::numeric, null),
      ('whatsapp-business-cloud', 401, null, '{"error": {"code": 190, "message": "expired"}}', 1, '{}', 'reauth', null, '190'),
      ('whatsapp-business-cloud', 400, null, '{"error": {"code": 131056}}', 1, '{}', 'retry', 4, '131056'),
      ('whatsapp-business-cloud', 400, null, '{"error": {"code": 131056}}', 3, '{}', 'retry', 64, '131056'),
      ('whatsapp-business-cloud', 400, null, '{"error": {"code": 80007}}', 9, '{}', 'retry', 3600, '80007'),
      ('whatsapp-business-cloud', 400, null, '{"error": {"code": 131047}}', 1, '{}', 'permanent', null, '131047'),
      ('whatsapp-business-cloud', 400, null, '{"error": {"code": 132001}}', 1, '{}', 'permanent', null, '132001'),
      ('whatsapp-business-cloud', 500, null, '<html>', 1, '{}', 'retry', 4, 'http_500'),
      ('whatsapp-business-cloud', 404, null, null, 1, '{}', 'permanent', null, 'http_404'),
      ('meta-graph-api', 400, null, '{"error": {"code": 368}}', 1, '{}', 'permanent', null, '368'),
      ('meta-graph-api', 400, null, '{"error": {"code": 613}}', 2, '{}', 'retry', 16, '613'),
      ('meta-graph-api', 400, null, '{"error": {"code": 190, "error_subcode": 463}}', 1, '{}', 'reauth', null, '190'),
      ('linkedin-api', 429, null, null, 1, '{}', 'retry', 14400, 'http_429'),
      ('linkedin-api', 401, null, '{"serviceErrorCode": 65601}', 1, '{}', 'reauth', null, '65601'),
      ('linkedin-api', 426, null, null, 1, '{}', 'permanent', null, 'http_426'),
      ('linkedin-api', 503, null, null, 2, '{"retry-after": "77"}', 'retry', 77, 'http_503'),
      ('hubspot-crm', 429, null, '{"policyName": "TEN_SECONDLY_ROLLING"}', 1, '{}', 'retry', 10, 'TEN_SECONDLY_ROLLING'),
      ('hubspot-crm', 429, null, '{"policyName": "DAILY"}', 1, '{}', 'retry', 14400, 'DAILY'),
      ('hubspot-crm', 423, null, null, 1, '{}', 'retry', 2, 'http_423'),
      ('hubspot-crm', 524, null, null, 1, '{}', 'retry', 3, 'http_524'),
      ('hubspot-crm', 207, null, '{"numErrors": 1}', 1, '{}', 'permanent', null, 'http_207'),
      ('hubspot-crm', 401, null, '{"category": "EXPIRED_AUTHENTICATION"}', 1, '{}', 'reauth', null, 'EXPIRED_AUTHENTICATION'),
      ('zapier-webhook', 410, null, null, 1, '{}', 'disable', null, 'http_410'),
      ('zapier-webhook', 404, null, null, 1, '{}', 'permanent', null, 'http_404'),
      ('zapier-webhook', 429, null, null, 1, '{"retry-after": "Wed"}', 'retry', 5, 'http_429'),
      ('zapier-webhook', null, 'connect_failed', null, 1, '{}', 'retry', null, 'connect_failed'),
      ('zapier-webhook', null, 'blocked_address', null, 1, '{}', 'permanent', null, 'blocked_address'))
      as c (code, status, error, body, attempt, headers, class, wait_s, error_code)
    join core_entities e on e.entity_type = 'INTEGRATION_CONNECTOR_DEF' and e.entity_code = c.code
    join core_dynamic_data d on d.entity_id = e.id and d.field_name = 'connector_config'
  loop
    v_found := hera_internal.provider_error(v_case.config, v_case.status, v_case.error, v_case.headers, v_case.body, v_case.attempt);
    assert v_found ->> 'class' = v_case.class and (v_found ->> 'wait_s')::numeric is not distinct from v_case.wait_s
      and (v_case.class = 'success' or v_found ->> 'code' = v_case.error_code), format('%s %s: %s', v_case.code, v_case.status, v_found);
  end loop;
  assert hera_internal.provider_error('{}', 429, null, '{}', null) ->> 'class' = 'retry' and hera_internal.provider_error('{}', 302, null, '{}', null) ->> 'class' = 'permanent'
    and hera_internal.provider_error('{}', 204, null, '{}', null) ->> 'class' = 'success';
  assert hera_internal.provider_error('{"errors": [{"when": {"status": ["2xx"], "jsonpath": "$.error"}, "class": "permanent"}]}', 200, null, '{}', '{"error": {"message": "no"}}')
    @> '{"class": "permanent", "code": "http_200", "message": "no"}';
end
$$;
