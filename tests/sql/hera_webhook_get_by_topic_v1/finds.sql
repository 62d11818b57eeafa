-- The active webhooks of one organization that a topic goes to, without secrets.
do $$
declare
  a record := hera_test.organization('A');
  b record := hera_test.organization('B');
  v_exact uuid := hera_test.webhook(a.organization, '{"topics": ["shop.paid"], "filter": "$.a == 1", "timeout_ms": 500}');
  v_prefix uuid := hera_test.webhook(a.organization, '{"topics": ["shop.*"]}');
  v_all uuid := hera_test.webhook(a.organization);
  v_other uuid := hera_test.webhook(a.organization, '{"topics": ["crm.*"]}');
  v_off uuid := hera_test.webhook(a.organization);
  v_foreign uuid := hera_test.webhook(b.organization);
  v jsonb;
begin
  perform hera_webhook_config_v1(a.admin, a.organization, 'DELETE', p_webhook_id => v_off);
  v := hera_webhook_get_by_topic_v1(a.organization, 'shop.paid');
  assert jsonb_path_query_array(v, '$[*].id') = jsonb_build_array(v_exact, v_prefix, v_all), v::text;
  assert v -> 0 @> '{"topics": ["shop.paid"], "filter": "($.\"a\" == 1)", "timeout_ms": 500, "ordering": "none", "retry_policy": {"max_attempts": 5}}', v::text;
  assert v::text not like '%secret%' and v::text not like '%whsec%';
  assert hera_webhook_get_by_topic_v1(gen_random_uuid(), 'shop.paid') = '[]';
end
$$;
select hera_test.raises('select hera_webhook_get_by_topic_v1(null, ''x'')', 'PT400', 'guardrail_violation:ORG_FILTER_MISSING');
select hera_test.raises('select hera_webhook_get_by_topic_v1(''00000000-0000-0000-0000-000000000000'', null)', 'PT400', 'topic.invalid');
select hera_test.raises('select hera_webhook_get_by_topic_v1(''00000000-0000-0000-0000-000000000000'', '''')', 'PT400', 'topic.invalid');
