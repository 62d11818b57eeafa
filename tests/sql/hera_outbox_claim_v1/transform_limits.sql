-- A transform fills data; values are not looked at again; one that fails says so to its receiver and stops nobody else's delivery.
do $$
declare
  a record := hera_test.organization('A');
  b record := hera_test.organization('B');
  v_webhook uuid := hera_test.webhook(a.organization, '{"transform": {"whole": "{{$.data.x}}", "text": "<{{$.topic}}|{{$.data.x}}|{{$.data.none}}>", "none": "{{$.data.none}}", "list": [1, "{{ $.data.n }}"], "e": {}, "l": []}}');
  v_bodies jsonb[];
  v_event uuid;
begin
  v_event := hera_test.event(a.organization, 'paid', '{"x": "{{$.organization_id}} {{$.data}}", "n": 5}');
  select array_agg(c.body::jsonb) into v_bodies from hera_outbox_claim_v1('test') c;
  assert v_bodies[1] @> jsonb_build_object('id', v_event, 'type', 'shop.paid', 'organization_id', a.organization);
  assert v_bodies[1] -> 'data' = '{"whole": "{{$.organization_id}} {{$.data}}", "text": "<shop.paid|{{$.organization_id}} {{$.data}}|>", "none": null, "list": [1, 5], "e": {}, "l": []}', v_bodies[1]::text;

  -- Ten copies of a large event, a number of 131,072 digits, and one that can't be rendered at all: small answers, and the other organization's delivery.
  perform hera_webhook_config_v1(a.admin, a.organization, 'UPDATE', jsonb_build_object('transform', (select jsonb_agg('{{$.data}}'::text) from generate_series(1, 10))), p_webhook_id => v_webhook);
  perform hera_test.event(a.organization, 'large', jsonb_build_object('x', repeat(md5('x'), 30000)));
  perform hera_test.webhook(b.organization);
  perform hera_test.event(b.organization, 'other', '{"n": 1}');
  select array_agg(c.body::jsonb order by c.delivery_id) into v_bodies from hera_outbox_claim_v1('test') c;
  assert cardinality(v_bodies) = 2 and v_bodies[1] -> 'data' = '{"transform_error": "too_large"}' and v_bodies[2] -> 'data' = '{"n": 1}', v_bodies[1]::text;

  perform hera_webhook_config_v1(a.admin, a.organization, 'UPDATE', jsonb_build_object('transform', (select jsonb_agg('{{1e131000}}'::text) from generate_series(1, 40))), p_webhook_id => v_webhook);
  perform hera_test.event(a.organization, 'digits');
  select array_agg(c.body::jsonb) into v_bodies from hera_outbox_claim_v1('test') c;
  assert v_bodies[1] -> 'data' = '{"transform_error": "too_large"}';

  -- It stops before it takes the memory.
  perform hera_test.raises($q$select hera_internal.render('["{{$}}", "{{$}}", "{{$}}", "{{$}}", "{{$}}"]', jsonb_build_array((select jsonb_agg(i) from generate_series(1, 100000) i)))$q$, 'PT413', 'transform.too_large');
  perform hera_test.raises($q$select hera_internal.render('"{{$}} {{$}} {{$}} {{$}} {{$}} {{$}} {{$}} {{$}} {{$}}"', jsonb_build_array((select jsonb_agg(i) from generate_series(1, 100000) i)))$q$, 'PT413', 'transform.too_large');

  update hera.webhooks set transform = '["{{$.a b}}"]' where id = v_webhook;
  perform hera_test.event(a.organization, 'broken');
  select array_agg(c.body::jsonb) into v_bodies from hera_outbox_claim_v1('test') c;
  assert v_bodies[1] -> 'data' = '{"transform_error": "failed"}';
end
$$;
