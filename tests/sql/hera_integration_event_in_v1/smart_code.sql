-- Given, else of the connector's mapping, else generated.
do $$
declare
  a record := hera_test.organization('A');
begin
  assert hera_integration_event_in_v1(a.admin, a.organization, 'whatsapp-business-cloud', 'message_received', '{}', 'whatsapp-business-cloud', null,
    'HERA.TEST.EVENT.v1') ->> 'smart_code' = 'HERA.TEST.EVENT.v1';
  assert hera_integration_event_in_v1(a.admin, a.organization, 'whatsapp-business-cloud', 'message_received', '{}', 'whatsapp-business-cloud')
    ->> 'smart_code' = 'HERA.WHATSAPP.EVENT.MESSAGE.RECEIVED.v1';
  -- A type that the mapping lacks, and the same type without the connector.
  assert hera_integration_event_in_v1(a.admin, a.organization, 'whatsapp', 'unmapped', '{}', 'whatsapp-business-cloud')
    ->> 'smart_code' = 'HERA.INTEGRATION.EVENT.WHATSAPP.UNMAPPED.v1';
  assert hera_integration_event_in_v1(a.admin, a.organization, 'whatsapp', 'message_received') ->> 'smart_code'
    = 'HERA.INTEGRATION.EVENT.WHATSAPP.MESSAGE_RECEIVED.v1';
end
$$;
rollback to clean;

-- Generated codes: upper case, other signs as _, padded to 2, cut to 30, and always valid.
do $$
declare
  a record := hera_test.organization('A');
  v_case record;
begin
  for v_case in
    select * from (values
      ('shop', 'order.paid', 'HERA.INTEGRATION.EVENT.SHOP.ORDER_PAID.v1'),
      ('x', 'y', 'HERA.INTEGRATION.EVENT.X_.Y_.v1'),
      ('a-b:c/d', 'T_1', 'HERA.INTEGRATION.EVENT.A_B_C_D.T_1.v1'),
      ('0', '9.', 'HERA.INTEGRATION.EVENT.0_.9_.v1'),
      (repeat('s', 128), repeat('t', 31), 'HERA.INTEGRATION.EVENT.' || repeat('S', 30) || '.' || repeat('T', 30) || '.v1')
    ) as c (source, type, code)
  loop
    assert hera_integration_event_in_v1(a.admin, a.organization, v_case.source, v_case.type) ->> 'smart_code' = v_case.code, v_case.code;
    assert hera_internal.smart_code_ok(v_case.code);
    assert hera_internal.smart_code_of(v_case.source, v_case.type) = v_case.code, 'the code that a definition shows is the one that an event gets';
  end loop;
end
$$;
rollback to clean;

-- The grammar.
do $$
declare
  a record := hera_test.organization('A');
  v_code text;
begin
  foreach v_code in array array['HERA.TEST.EVENT.v1', 'HERA.WHATSAPP.EVENT.MESSAGE.RECEIVED.v1', 'HERA.A_.B9.v12',
    'HERA.' || repeat('AB.', 9) || 'v1', 'HERA.' || repeat('A', 30) || '.' || repeat('9', 30) || '.v1']
  loop
    assert hera_integration_event_in_v1(a.admin, a.organization, 's', 't', p_smart_code => v_code) ->> 'smart_code' = v_code;
  end loop;
  foreach v_code in array array['hera.x.v1', 'HERA.TEST.v1', 'HERA.TEST.EVENT', '', 'HERA.TEST.EVENT.V1', 'HERA.test.EVENT.v1', 'HERA.A.BB.v1',
    'HERA.TEST.EVENT.v', 'HERA.TEST.EVENT.v1 ', E'HERA.TEST.EVENT.v1\n', E'HERA.TEST.EVENT.v1\nHERA.TEST.EVENT.v1', 'HERA..EVENT.v1', ' HERA.TEST.EVENT.v1',
    'HERA.' || repeat('AB.', 10) || 'v1', 'HERA.' || repeat('A', 31) || '.BB.v1', 'HERA.TÄST.EVENT.v1', 'HERA.TEST.EVENT.v1.v2', 'XHERA.TEST.EVENT.v1']
  loop
    perform hera_test.raises(format('select hera_integration_event_in_v1(%L, %L, %L, %L, p_smart_code => %L)', a.admin, a.organization, 's', 't', v_code),
      'PT400', 'guardrail_violation:SMARTCODE_REGEX_FAIL');
  end loop;
end
$$;
rollback to clean;

-- A guardrail's message is its contract: the one message that callers match.
do $$
begin
  perform hera_integration_event_in_v1(hera_test.system(), hera_test.platform(), 's', 't', p_smart_code => 'x');
  assert false;
exception
  when sqlstate 'PT400' then
    assert sqlerrm = 'guardrail_violation:SMARTCODE_REGEX_FAIL', sqlerrm;
end
$$;
