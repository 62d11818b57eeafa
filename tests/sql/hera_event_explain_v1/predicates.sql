-- Each webhook, each predicate with what was seen, and what became of the delivery.
do $$
declare
  a record := hera_test.organization('A');
  b record := hera_test.organization('B');
  v_goes uuid := hera_test.webhook(a.organization, '{"topics": ["shop.*"], "filter": "$.total > 100"}');
  v_topic uuid := hera_test.webhook(a.organization, '{"topics": ["crm.*"]}');
  v_filter uuid := hera_test.webhook(a.organization, '{"filter": "$.total > 500 && $.tags[*] == \"$.x\""}');
  v_unknown uuid := hera_test.webhook(a.organization, '{"filter": "$.name > 5"}');
  v_connector uuid := hera_test.webhook(a.organization, '{}', 'hubspot-crm');
  v_off uuid := hera_test.webhook(a.organization);
  v_foreign uuid := hera_test.webhook(b.organization);
  v_event uuid;
  v_new uuid;
  v_late uuid;
  v_answer jsonb;
  v_webhooks jsonb;
begin
  perform hera_webhook_config_v1(a.admin, a.organization, 'DELETE', p_webhook_id => v_off);
  v_late := hera_test.webhook(a.organization, '{"topics": ["crm.*"]}');
  perform pg_sleep(0.002);
  v_event := hera_test.event(a.organization, 'order.paid', '{"total": 150, "tags": ["a", "b"], "name": "Ann"}');
  perform pg_sleep(0.002);
  v_new := hera_test.webhook(a.organization);
  perform hera_webhook_config_v1(a.admin, a.organization, 'UPDATE', '{"topics": ["*"]}', p_webhook_id => v_late);

  v_answer := hera_event_explain_v1(a.admin, a.organization, v_event);
  assert v_answer @> jsonb_build_object('success', true, 'event', jsonb_build_object('id', v_event, 'topic', 'shop.order.paid', 'deliveries', 1));
  select jsonb_object_agg(w ->> 'webhook_id', w || jsonb_build_object('predicates', (select jsonb_object_agg(p ->> 'predicate', p) from jsonb_array_elements(w -> 'predicates') p)))
  into v_webhooks from jsonb_array_elements(v_answer -> 'webhooks') w;
  assert (select count(*) from jsonb_object_keys(v_webhooks)) = 8 and not v_webhooks ? v_foreign::text;

  assert v_webhooks -> v_goes::text @> '{"matched": true, "reason": null, "delivery": {"status": "pending", "attempts": 0}}';
  assert v_webhooks #> array[v_goes::text, 'predicates', 'filter'] @> '{"matched": true, "seen": {"$.\"total\"": [150]}}', v_webhooks #>> array[v_goes::text, 'predicates', 'filter'];
  assert v_webhooks #>> array[v_goes::text, 'delivery', 'id'] = hera_test.delivery(v_event, v_goes)::text;
  assert v_webhooks -> v_topic::text @> '{"matched": false, "reason": "topics_not_matched", "delivery": null,
    "predicates": {"status": {"matched": true}, "topics": {"matched": false, "wanted": ["crm.*"], "seen": "shop.order.paid"}, "connector": {"matched": true}, "filter": {"matched": true}}}';
  assert v_webhooks -> v_filter::text @> '{"matched": false, "reason": "filter_not_matched", "predicates": {"filter": {"matched": false, "note": null}}}';
  -- The $ within a string is no path.
  assert v_webhooks #> array[v_filter::text, 'predicates', 'filter', 'seen'] = '{"$.\"total\"": [150], "$.\"tags\"[*]": ["a", "b"]}', v_webhooks #>> array[v_filter::text, 'predicates', 'filter', 'seen'];
  assert v_webhooks -> v_unknown::text @> '{"reason": "filter_not_matched", "predicates": {"filter": {"matched": false, "note": "unknown"}}}';
  assert v_webhooks -> v_connector::text @> '{"reason": "connector_not_matched", "predicates": {"connector": {"matched": false, "wanted": "hubspot-crm", "seen": null}}}';
  assert v_webhooks -> v_off::text @> '{"reason": "status_not_matched", "predicates": {"status": {"matched": false, "seen": "inactive"}}}';
  assert v_webhooks -> v_new::text @> '{"matched": true, "reason": "webhook_is_newer", "delivery": null}';
  assert v_webhooks -> v_late::text @> '{"matched": true, "reason": "webhook_changed_since", "delivery": null}';

  -- After a failed attempt it says when the next one is; after a success it is delivered; a webhook that was off is no mystery.
  perform hera_test.send(500);
  v_answer := jsonb_path_query_first(hera_event_explain_v1(a.admin, a.organization, v_event), '$.webhooks[*] ? (@.webhook_id == $w)', jsonb_build_object('w', v_goes));
  assert v_answer -> 'delivery' @> '{"status": "failed", "attempts": 1}' and v_answer #>> '{delivery,next_attempt_at}' is not null, v_answer::text;
  perform hera_test.move_clock('1 hour');
  perform hera_test.send(200);
  v_answer := jsonb_path_query_first(hera_event_explain_v1(a.admin, a.organization, v_event), '$.webhooks[*] ? (@.webhook_id == $w)', jsonb_build_object('w', v_goes));
  assert v_answer -> 'delivery' @> '{"status": "delivered", "attempts": 2, "last_status_code": 200}', v_answer::text;
  perform hera_webhook_config_v1(a.admin, a.organization, 'ENABLE', p_webhook_id => v_off);
  v_answer := jsonb_path_query_first(hera_event_explain_v1(a.admin, a.organization, v_event), '$.webhooks[*] ? (@.webhook_id == $w)', jsonb_build_object('w', v_off));
  assert v_answer @> '{"matched": true, "reason": "webhook_changed_since"}', v_answer::text;
end
$$;

-- A disabled webhook's delivery is recorded, a test goes to one webhook, and long values are cut.
do $$
declare
  a record := hera_test.organization('A');
  v_webhook uuid := hera_test.webhook(a.organization, '{"filter": "exists($.text)"}');
  v_other uuid := hera_test.webhook(a.organization);
  v_event uuid;
  v_answer jsonb;
begin
  v_event := (hera_webhook_config_v1(a.admin, a.organization, 'TEST', p_webhook_id => v_webhook) ->> 'event_id')::uuid;
  v_answer := hera_event_explain_v1(a.admin, a.organization, v_event) -> 'webhooks';
  assert v_answer -> 0 @> '{"matched": false, "delivery": {"status": "pending"}, "reason": null}', v_answer::text;
  assert v_answer -> 1 @> '{"matched": true, "delivery": null, "reason": "test_of_another_webhook"}', v_answer::text;
  update hera.webhooks set status = 'disabled', status_reason = 'gone' where id = v_webhook;
  v_event := hera_test.event(a.organization, 't', jsonb_build_object('text', repeat('x', 1000)));
  v_answer := hera_event_explain_v1(a.admin, a.organization, v_event) #> '{webhooks,0}';
  assert v_answer @> '{"delivery": {"status": "disabled", "reason": "webhook_disabled"}}' and v_answer #> '{predicates,0}' @> '{"seen": "disabled", "note": "gone"}';
  assert length(v_answer #>> '{predicates,3,seen}') < 300;
end
$$;

-- Another organization's event is one that is not there.
do $$
declare
  a record := hera_test.organization('A');
  b record := hera_test.organization('B');
  v_event uuid := hera_test.event(a.organization);
begin
  perform hera_test.raises(format('select hera_event_explain_v1(%L, %L, %L)', b.admin, b.organization, v_event), 'PT404', 'not_found');
  perform hera_test.raises(format('select hera_event_explain_v1(%L, %L, %L)', b.admin, b.organization, gen_random_uuid()), 'PT404', 'not_found');
  perform hera_test.raises(format('select hera_event_explain_v1(%L, %L, null)', b.admin, b.organization), 'PT404', 'not_found');
  perform hera_test.raises(format('select hera_event_explain_v1(%L, %L, %L)', b.admin, a.organization, v_event), 'PT403', 'actor_not_member');
  assert hera_event_explain_v1(hera_test.member(a.organization), a.organization, v_event) -> 'webhooks' = '[]';
end
$$;
