-- Each guardrail refuses with its reason and writes nothing.
do $$
declare
  a record := hera_test.organization('A');
  b record := hera_test.organization('B');
  v_ok constant jsonb := '{"transaction_type": "journal", "smart_code": "HERA.FINANCE.TXN.JOURNAL.v1", "transaction_currency_code": "EUR"}';
  v_case record;
begin
  for v_case in
    select * from (values
      ('SMARTCODE_MISSING', v_ok - 'smart_code', '[]'::jsonb),
      ('SMARTCODE_MISSING', v_ok || '{"smart_code": ""}', '[]'),
      ('SMARTCODE_MISSING', v_ok || '{"smart_code": null}', '[]'),
      ('SMARTCODE_MISSING', v_ok, '[{"line_amount": 1}]'),
      ('SMARTCODE_MISSING', v_ok, '[{"smart_code": "HERA.FINANCE.LINE.v1"}, {"smart_code": null}]'),
      ('SMARTCODE_REGEX_FAIL', v_ok || '{"smart_code": "hera.x.v1"}', '[]'),
      ('SMARTCODE_REGEX_FAIL', v_ok || '{"smart_code": 5}', '[]'),
      ('SMARTCODE_REGEX_FAIL', v_ok || '{"smart_code": "HERA.TEST.v1"}', '[]'),
      ('SMARTCODE_REGEX_FAIL', v_ok, '[{"smart_code": "HERA.TEST.EVENT"}]'),
      ('ORG_FILTER_MISMATCH', v_ok || jsonb_build_object('organization_id', b.organization), '[]'),
      ('ORG_FILTER_MISMATCH', v_ok || '{"organization_id": 5}', '[]'),
      ('ORG_FILTER_MISMATCH', v_ok || jsonb_build_object('metadata', jsonb_build_object('x', jsonb_build_array(jsonb_build_object('organization_id', b.organization)))), '[]'),
      ('ORG_FILTER_MISMATCH', v_ok, jsonb_build_array(jsonb_build_object('smart_code', 'HERA.FINANCE.LINE.v1', 'organization_id', b.organization))),
      ('ORG_FILTER_MISMATCH', v_ok, jsonb_build_array(jsonb_build_object('smart_code', 'HERA.FINANCE.LINE.v1', 'line_data', jsonb_build_object('organization_id', b.organization)))),
      ('GL_SIDE_REQUIRED', v_ok, '[{"smart_code": "HERA.FINANCE.GL.LINE.v1", "line_amount": 0}]'),
      ('GL_SIDE_REQUIRED', v_ok, '[{"smart_code": "HERA.FINANCE.GL.LINE.v1", "line_amount": 0, "line_data": {"side": "dr"}}]'),
      ('GL_SIDE_REQUIRED', v_ok, '[{"smart_code": "HERA.FINANCE.GL.LINE.v1", "line_amount": 0, "line_data": {"side": null}}]'),
      ('NEGATIVE_GL_AMOUNT', v_ok, '[{"smart_code": "HERA.FINANCE.GL.LINE.v1", "line_amount": -1, "line_data": {"side": "DR"}}]'),
      ('NEGATIVE_GL_AMOUNT', v_ok, '[{"smart_code": "HERA.FINANCE.GL.LINE.v1", "quantity": 2, "unit_amount": -1, "line_data": {"side": "DR"}}]'),
      ('GL_NOT_BALANCED', v_ok, '[{"smart_code": "HERA.FINANCE.GL.LINE.v1", "line_amount": 1, "line_data": {"side": "DR"}}]'),
      ('GL_NOT_BALANCED', v_ok, '[{"smart_code": "HERA.FINANCE.GL.LINE.v1", "line_amount": 100.01, "line_data": {"side": "DR"}},
        {"smart_code": "HERA.FINANCE.GL.LINE.v1", "line_amount": 100, "line_data": {"side": "CR"}}]'),
      ('GL_NOT_BALANCED', v_ok, '[{"smart_code": "HERA.FINANCE.GL.LINE.v1", "line_amount": 100, "line_data": {"side": "DR", "currency": "USD"}},
        {"smart_code": "HERA.FINANCE.GL.LINE.v1", "line_amount": 100, "line_data": {"side": "CR"}}]')
    ) c (reason, tx, lines)
  loop
    perform hera_test.raises(format('select hera_transaction_post_v1(%L, %L, %L, %L)', a.admin, a.organization, v_case.tx, v_case.lines),
      'PT400', 'guardrail_violation:' || v_case.reason);
  end loop;
  perform hera_test.raises(format('select hera_transaction_post_v1(%L, null, %L)', a.admin, v_ok), 'PT400', 'guardrail_violation:ORG_FILTER_MISSING');
  assert not exists (select from hera.universal_transactions) and not exists (select from hera.universal_transaction_lines);
end
$$;

-- What keeps to them is posted: balanced to the cent and per currency; the own organization named; lines that are no postings are free.
do $$
declare
  a record := hera_test.organization('A');
  v_answer jsonb;
begin
  v_answer := hera_transaction_post_v1(a.admin, a.organization,
    jsonb_build_object('transaction_type', 'journal', 'smart_code', 'HERA.FINANCE.TXN.JOURNAL.v1', 'transaction_currency_code', 'EUR', 'organization_id', upper(a.organization::text)),
    '[{"smart_code": "HERA.FINANCE.GL.LINE.v1", "line_amount": 100.004, "line_data": {"side": "DR"}},
      {"smart_code": "HERA.FINANCE.GL.LINE.v1", "line_amount": 60, "line_data": {"side": "CR", "currency": "EUR"}},
      {"smart_code": "HERA.FINANCE.GL.LINE.v1", "line_amount": 40, "line_data": {"side": "CR"}},
      {"smart_code": "HERA.FINANCE.GL.LINE.v1", "line_amount": 7, "line_data": {"side": "CR", "currency": "USD"}},
      {"smart_code": "HERA.FINANCE.GL.LINE.v1", "quantity": 2, "unit_amount": 3.5, "line_data": {"side": "DR", "currency": "USD"}},
      {"smart_code": "HERA.FINANCE.SALE.LINE.v1", "line_amount": -5, "line_data": {}}]');
  assert v_answer @> '{"success": true, "lines": 6, "duplicate": false}';
  assert (select count(*) from hera.universal_transaction_lines l where l.organization_id = a.organization and l.transaction_id = (v_answer ->> 'transaction_id')::uuid) = 6;
end
$$;
