-- A transform replaces data: {{ jsonpath }} alone is the value, within a text its text; what is not found is null or nothing.
do $$
declare
  a record := hera_test.organization('A');
  v_event uuid;
  v_body jsonb;
begin
  perform hera_test.webhook(a.organization, '{"transform": {"whole": "{{$.data}}", "n": "{{ $.data.n }}", "text": "Order {{$.data.n}} of {{$.data.who}}{{$.data.no}}!", "none": "{{$.data.no}}",
    "list": ["{{$.data.items[1]}}", 5, true, null, {"deep": "{{$.topic}}"}], "first": "{{$.data.items[*]}}", "meta": "{{$.id}} {{$.type}} {{$.organization_id}} {{$.smart_code}}",
    "sum": "{{$.data.n + 1}}", "test": "{{$.data.n > 16}}", "plain": "no braces", "half": "{{ {x}", "boom": "{{$.data.n / $.data.zero}}"}}');
  v_event := hera_test.event(a.organization, 'paid', '{"n": 17, "who": "Ä\"x", "items": ["a", {"b": 1}], "zero": 0, "inject": "{{$.data.n}}"}');
  select c.body::jsonb into strict v_body from hera_outbox_claim_v1('w') c;
  assert v_body - 'data' @> jsonb_build_object('id', v_event, 'type', 'shop.paid', 'topic', 'shop.paid');
  assert v_body -> 'data' = jsonb_build_object('whole', '{"n": 17, "who": "Ä\"x", "items": ["a", {"b": 1}], "zero": 0, "inject": "{{$.data.n}}"}'::jsonb, 'n', 17, 'text', 'Order 17 of Ä"x!',
    'none', null, 'list', '[{"b": 1}, 5, true, null, {"deep": "shop.paid"}]'::jsonb, 'first', 'a',
    'meta', v_event || ' shop.paid ' || a.organization || ' HERA.INTEGRATION.EVENT.SHOP.PAID.v1', 'sum', 18, 'test', true, 'plain', 'no braces', 'half', '{{ {x}', 'boom', null), (v_body -> 'data')::text;
end
$$;
rollback to clean;

-- What an event brings is data, never a template: a value that looks like one is left alone.
do $$
declare
  a record := hera_test.organization('A');
  v_body jsonb;
begin
  perform hera_test.webhook(a.organization, '{"transform": {"t": "{{$.data.a}}-{{$.data.b}}"}}');
  perform hera_test.event(a.organization, 'paid', '{"a": "{{$.data.b}}", "b": "{{$.organization_id}}"}');
  select c.body::jsonb into strict v_body from hera_outbox_claim_v1('w') c where c.organization_id = a.organization;
  assert v_body #>> '{data,t}' = '{{$.data.b}}-{{$.organization_id}}', v_body::text;
end
$$;
