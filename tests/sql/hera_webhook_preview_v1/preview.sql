-- A change is tried on the last events; what matches now, what before, and what would be sent. Nothing is written.
do $$
declare
  a record := hera_test.organization('A');
  b record := hera_test.organization('B');
  v_webhook uuid := hera_test.webhook(a.organization, '{"topics": ["shop.*"], "filter": "$.n > 2", "transform": {"n": "{{$.data.n}}"}}');
  v_events text[];
  v_answer jsonb;
  v_writes bigint;
begin
  for i in 1 .. 8
  loop
    v_events := v_events || hera_test.event(a.organization, 'paid', jsonb_build_object('n', i))::text;
  end loop;
  perform hera_test.event(a.organization, 'made', '{"n": 9}', 'crm');
  perform hera_test.event(b.organization, 'paid', '{"n": 5}');
  v_writes := (select count(*) from hera.events) + (select count(*) from hera.outbox_ready) + (select count(*) from hera.webhooks) + (select count(*) from hera.core_entities);

  v_answer := hera_webhook_preview_v1(a.admin, a.organization, v_webhook, '{"filter": "$.n > 6"}');
  assert v_answer @> '{"success": true, "looked_at": 9, "matches": 2, "matched_before": 6, "complete": true}', v_answer::text;
  assert jsonb_path_query_array(v_answer, '$.rendered[*].data') = '[{"n": 8}, {"n": 7}]';
  assert jsonb_path_query_array(v_answer, '$.events[*] ? (@.matches == true).event_id') = jsonb_build_array(v_events[8], v_events[7]);
  assert v_answer #> '{events,0}' @> '{"topic": "crm.made", "matches": false, "matched_before": false}' and v_answer #> '{events,3}' @> '{"matches": false, "matched_before": true}';

  -- null takes a key out; a transform is tried as it would be sent; only five are shown; the limit counts events.
  v_answer := hera_webhook_preview_v1(a.admin, a.organization, v_webhook, '{"filter": null, "topics": null, "transform": {"id": "{{$.id}}", "text": "n = {{$.data.n}}"}}', 7);
  assert v_answer @> '{"looked_at": 7, "matches": 7, "matched_before": 6}' and jsonb_array_length(v_answer -> 'rendered') = 5, v_answer::text;
  assert v_answer #> '{rendered,1}' = jsonb_build_object('event_id', v_events[8], 'data', jsonb_build_object('id', v_events[8], 'text', 'n = 8'));
  -- A new webhook, and one unchanged.
  assert hera_webhook_preview_v1(a.admin, a.organization, null, '{"topics": ["crm.made"]}') @> '{"matches": 1, "matched_before": null, "rendered": [{"data": {"n": 9}}]}';
  assert hera_webhook_preview_v1(a.admin, a.organization, v_webhook) @> '{"matches": 6, "matched_before": 6}';
  assert v_writes = (select count(*) from hera.events) + (select count(*) from hera.outbox_ready) + (select count(*) from hera.webhooks) + (select count(*) from hera.core_entities);
  assert (select w.filter::text from hera.webhooks w where w.id = v_webhook) = '($."n" > 2)';

  perform hera_test.raises(format('select hera_webhook_preview_v1(%L, %L, %L, ''{"filter": "$.n"}'')', a.admin, a.organization, v_webhook), 'PT400', 'webhook_config.invalid');
  perform hera_test.raises(format('select hera_webhook_preview_v1(%L, %L, %L, ''{"topics": []}'')', a.admin, a.organization, v_webhook), 'PT400', 'webhook_config.invalid');
  perform hera_test.raises(format('select hera_webhook_preview_v1(%L, %L, %L, ''{"url": "https://example.com"}'')', a.admin, a.organization, v_webhook), 'PT400', 'webhook_config.unknown');
  perform hera_test.raises(format('select hera_webhook_preview_v1(%L, %L, p_limit => 0)', a.admin, a.organization), 'PT400', 'limit.invalid');
  perform hera_test.raises(format('select hera_webhook_preview_v1(%L, %L, p_limit => 501)', a.admin, a.organization), 'PT400', 'limit.invalid');
  perform hera_test.raises(format('select hera_webhook_preview_v1(%L, %L, p_limit => null)', a.admin, a.organization), 'PT400', 'limit.invalid');
  perform hera_test.raises(format('select hera_webhook_preview_v1(%L, %L, %L)', b.admin, b.organization, v_webhook), 'PT404', 'not_found');
  perform hera_test.raises(format('select hera_webhook_preview_v1(%L, %L, %L)', b.admin, b.organization, gen_random_uuid()), 'PT404', 'not_found');
  perform hera_test.raises(format('select hera_webhook_preview_v1(%L, %L)', b.admin, a.organization), 'PT403', 'actor_not_member');
end
$$;

-- A second is enough, whatever the events are: what was not reached is said.
do $$
declare
  a record := hera_test.organization('A');
  v_start timestamptz;
  v_answer jsonb;
begin
  perform hera_test.event(a.organization, 't', (select jsonb_build_object('a', jsonb_agg(0)) from generate_series(1, 340000)));
  for i in 1 .. 6
  loop
    insert into hera.events
    select (e).* from (select jsonb_populate_record(x, jsonb_build_object('id', hera_internal.new_id(clock_timestamp()))) as e
      from hera.events x where x.organization_id = a.organization) y;
  end loop;
  v_start := clock_timestamp();
  v_answer := hera_webhook_preview_v1(a.admin, a.organization, null, '{"filter": "exists($.a ? (@ == 1 || @ == 2 || @ == 3 || @ == 4))"}', 500);
  assert v_answer @> '{"complete": false}' and (v_answer ->> 'looked_at')::int between 1 and 100, v_answer ->> 'looked_at';
  assert clock_timestamp() - v_start < interval '5 s';
end
$$;
