-- Newest first, page by page, narrowed by every key of the filter.
do $$
declare
  a record := hera_test.organization('A');
  b record := hera_test.organization('B');
  v_ids jsonb;
  v jsonb;
  v_seen jsonb := '[]';
  v_filter record;
begin
  perform hera_test.event(b.organization);
  perform hera_test.move_clock('-10 days');
  perform hera_integration_event_in_v1(a.admin, a.organization, 'shop', 'paid', '{"n": 1}');
  perform hera_test.move_clock('1 day');
  perform hera_integration_event_in_v1(a.admin, a.organization, 'shop', 'sent', '{"n": 2}', null, 'key');
  perform hera_test.move_clock('1 day');
  perform hera_integration_event_in_v1(a.admin, a.organization, 'crm', 'paid', '{"n": 3}', 'hubspot-crm');
  v := hera_integration_event_list_v1(a.admin, a.organization);
  assert jsonb_path_query_array(v, '$.events[*].event_data.n') = '[3, 2, 1]' and v -> 'next_cursor' = 'null';
  assert v #> '{events,1}' @> '{"event_source": "shop", "event_type": "sent", "topic": "shop.sent", "idempotency_key": "key", "status": "processed", "deliveries": 0, "connector_code": null}';

  for n in reverse 3 .. 1 loop
    v := hera_integration_event_list_v1(a.admin, a.organization, jsonb_strip_nulls(jsonb_build_object('limit', 1, 'cursor', v -> 'next_cursor')));
    assert v #>> '{events,0,event_data,n}' = n::text;
    v := jsonb_set(v, '{next_cursor}', to_jsonb(v #>> '{events,0,id}'));
  end loop;
  assert hera_integration_event_list_v1(a.admin, a.organization, jsonb_build_object('limit', 1, 'cursor', v -> 'next_cursor')) = '{"success": true, "events": [], "next_cursor": null}';

  for v_filter in
    select f::jsonb as filter, n from (values
      (jsonb_build_object('event_source', 'shop'), '[2, 1]'), (jsonb_build_object('event_type', 'paid'), '[3, 1]'), (jsonb_build_object('connector_code', 'hubspot-crm'), '[3]'),
      (jsonb_build_object('status', 'processed'), '[3, 2, 1]'), (jsonb_build_object('status', 'failed'), '[]'),
      (jsonb_build_object('since', hera_internal.now() - interval '1 hour'), '[3]'), (jsonb_build_object('until', hera_internal.now() - interval '1 hour'), '[2, 1]'),
      (jsonb_build_object('since', hera_internal.now() - interval '30 hours', 'until', hera_internal.now() - interval '1 hour'), '[2]'),
      ('{"since": "1900-01-01"}', '[3, 2, 1]'), ('{"since": "0044-03-15 BC"}', '[3, 2, 1]'), ('{"until": "1900-01-01"}', '[]'), ('{"until": "9999-12-31"}', '[3, 2, 1]'), ('{"until": "200000-01-01"}', '[3, 2, 1]'),
      ('{"since": "9999-12-31"}', '[]'), ('{"since": "200000-01-01"}', '[]'), ('{"since": "-infinity", "until": "infinity"}', '[3, 2, 1]'),
      ('{"limit": 2}', '[3, 2]'), ('{"limit": "2"}', '[3, 2]'), ('{"limit": null, "since": null, "cursor": null, "event_source": null}', '[3, 2, 1]')) as x (f, n)
  loop
    assert jsonb_path_query_array(hera_integration_event_list_v1(a.admin, a.organization, v_filter.filter), '$.events[*].event_data.n') = v_filter.n::jsonb, v_filter::text;
  end loop;
end
$$;
rollback to clean;

-- Every list has one form of filter, and says what is wrong with it.
do $$
declare
  a record := hera_test.organization('A');
  v_list text;
  v_call text;
  v_bad text;
begin
  foreach v_list in array array['hera_integration_event_list_v1', 'hera_webhook_deliveries_v1', 'hera_webhook_logs_v1', 'hera_webhook_dead_letters_v1']
  loop
    v_call := format('select %I(%L, %L, ', v_list, a.admin, a.organization) || '%L)';
    foreach v_bad in array array['{"limit": 0}', '{"limit": 1001}', '{"limit": -1}', '{"limit": 1.5}', '{"limit": "x"}', '{"limit": [1]}', '{"since": "x"}', '{"until": 5}', '{"until": {}}', '[]', '"x"', 'null', '5']
    loop
      perform hera_test.raises(format(v_call, v_bad), 'PT400', 'filter.invalid');
    end loop;
    perform hera_test.raises(format(v_call, null::text), 'PT400', 'filter.invalid');
    perform hera_test.raises(format(v_call, '{"colour": "red"}'), 'PT400', 'filter.unknown');
    perform hera_test.raises(format(v_call, '{"cursor": "x"}'), 'PT400', 'field.invalid');
    perform hera_test.raises(format('select %I(%L, %L)', v_list, gen_random_uuid(), a.organization), 'PT403', 'actor_not_member');
    continue when v_list = 'hera_integration_event_list_v1';
    perform hera_test.raises(format(v_call, '{"webhook_id": "x"}'), 'PT400', 'field.invalid');
    perform hera_test.raises(format(v_call, format('{"webhook_id": "%s"}', gen_random_uuid())), 'PT404', 'not_found');
  end loop;
end
$$;
