-- The trace of the call that brought an event goes on with its deliveries, from single calls and batches.
do $$
declare
  a record := hera_test.organization('A');
  v_webhook uuid := hera_test.webhook(a.organization);
  v_trace constant text := '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
  v_options constant jsonb := jsonb_build_object('traceparent', v_trace);
  v_bad text;
begin
  perform hera_integration_event_in_v1(a.admin, a.organization, 'shop', 'order.paid', p_options => v_options);
  perform hera_integration_event_batch_v1(a.admin, a.organization, '[{"event_source": "shop", "event_type": "order.paid"}]', v_options);
  perform hera_test.event(a.organization);
  assert (select array_agg(c.traceparent order by c.delivery_id) from hera_outbox_claim_v1('w') c) = array[v_trace, v_trace, null];

  foreach v_bad in array array['', 'x', v_trace || '-1', upper(v_trace), '01' || substr(v_trace, 3),
    overlay(v_trace placing '-' from 9), overlay(v_trace placing 'g' from 9), replace(v_trace, '-00', '0-0'), v_trace || E'\n']
  loop
    perform hera_test.raises(format('select hera_integration_event_in_v1(%L, %L, ''shop'', ''a.b'', p_options => %L)', a.admin, a.organization,
      jsonb_build_object('traceparent', v_bad)), 'PT400', 'options.invalid');
    perform hera_test.raises(format('select hera_integration_event_batch_v1(%L, %L, ''[{}]'', %L)', a.admin, a.organization,
      jsonb_build_object('traceparent', v_bad)), 'PT400', 'options.invalid');
  end loop;

  -- A good trace excuses nothing beside it.
  perform hera_test.raises(format('select hera_integration_event_in_v1(%L, %L, ''shop'', ''a.b'', p_options => %L)', a.admin, a.organization,
    v_options || '{"x": 1}'), 'PT400', 'options.unknown');
  perform hera_test.raises(format('select hera_integration_event_in_v1(%L, %L, ''shop'', ''a.b'', p_options => %L)', a.admin, a.organization,
    jsonb_build_array(v_options)), 'PT400', 'options.invalid');
end
$$;
