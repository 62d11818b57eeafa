-- A filter is judged against the event's data; unknown counts as no.
do $$
declare
  v_case record;
  a record;
begin
  for v_case in
    select * from (values
      ('$.total > 100', '{"total": 101}', 1),
      ('$.total > 100', '{"total": 100}', 0),
      ('$.total > 100', '{"total": "101"}', 0),
      ('$.total > 100', '{}', 0),
      ('$.total > 100', '[]', 0),
      ('$.status == "paid" && $.customer.country == "DE"', '{"status": "paid", "customer": {"country": "DE"}}', 1),
      ('$.status == "paid" && $.customer.country == "DE"', '{"status": "paid", "customer": {"country": "FR"}}', 0),
      ('exists($.items[*] ? (@.sku == "A" && @.qty > 1))', '{"items": [{"sku": "B", "qty": 9}, {"sku": "A", "qty": 2}]}', 1),
      ('exists($.items[*] ? (@.sku == "A" && @.qty > 1))', '{"items": [{"sku": "B", "qty": 9}, {"sku": "A", "qty": 1}]}', 0),
      ('!exists($.test)', '{"a": 1}', 1),
      ('!exists($.test)', '{"test": null}', 0),
      ('$.name starts with "AC"', '{"name": "ACME"}', 1),
      ('$.note == "a ** like_regex ((((((((((((((((((((((b"', '{"note": "a ** like_regex ((((((((((((((((((((((b"}', 1),
      ('$.a + 1 == 2', '{"a": "x"}', 0),
      ('$.a / $.b > 1', '{"a": 1, "b": 0}', 0)
    ) as c (filter, data, deliveries)
  loop
    a := hera_test.organization('A');
    perform hera_test.webhook(a.organization, jsonb_build_object('filter', v_case.filter));
    assert (hera_integration_event_in_v1(a.admin, a.organization, 's', 't', v_case.data::jsonb) ->> 'deliveries')::int = v_case.deliveries, v_case::text;
  end loop;
end
$$;
