-- Each monitoring RPC shows a tenant its own, a platform admin in the platform's name all, and nobody else anything.
do $$
declare
  a record := hera_test.organization('A');
  b record := hera_test.organization('B');
  v_hook_a uuid := hera_test.webhook(a.organization, '{"url": "https://example.com/a", "rate_limit_per_second": 1}');
  v_hook_b uuid := hera_test.webhook(b.organization, '{"url": "https://example.com/b"}');
  v_member uuid := hera_test.member(a.organization, 'member');
  v_manager uuid := hera_test.member(a.organization, 'integration_manager');
  v_colleague uuid := hera_test.member(hera_test.platform(), 'member');
  v_what text;
  v_call text;
  v jsonb;
begin
  for i in 1 .. 3 loop
    perform hera_test.event(a.organization, 't', '{}', 'source-of-a');
    perform hera_test.event(b.organization, 't', '{}', 'source-of-b');
  end loop;
  perform hera_test.deliver(503, 5);
  perform hera_test.event(a.organization, 't', '{}', 'source-of-a');
  perform hera_test.event(b.organization, 't', '{}', 'source-of-b');
  insert into hera.dead_letters (organization_id, delivery_id, status, reason, attempts, created_at)
  select o, hera_internal.delivery_id(hera_internal.new_id(now()), 1), 'dlq', 'reason-of-' || n, 1, now()
  from (values (a.organization, 'a'), (b.organization, 'b')) x (o, n);
  insert into hera.core_entities (id, organization_id, entity_type, entity_name, entity_code, smart_code, created_by, updated_by)
  select gen_random_uuid(), o, 'INTEGRATION_CONNECTOR_INSTALL', 'x', 'connector-of-' || n, 'HERA.X1.Y1.v1', hera_test.system(), hera_test.system()
  from (values (a.organization, 'a'), (b.organization, 'b')) x (o, n);

  for round in 1 .. 2 loop
    foreach v_what in array array['overview', 'events', 'deliveries', 'webhooks', 'failures', 'backlog', 'connectors', 'hours', 'heat', 'database'] loop
      v_call := 'select hera_monitor_' || v_what || '_v1(%L, %L)';
      perform hera_test.raises(format(v_call, null::uuid, a.organization), 'PT401', 'identity_not_resolved');
      perform hera_test.raises(format(v_call, a.admin, null::uuid), 'PT400', 'guardrail_violation:ORG_FILTER_MISSING');
      perform hera_test.raises(format(v_call, a.admin, b.organization), 'PT403', 'actor_not_member');
      perform hera_test.raises(format(v_call, a.admin, hera_test.platform()), 'PT403', 'actor_not_member');
      perform hera_test.raises(format('select hera_monitor_' || v_what || '_v1(%L, %L, ''{"nothing": 1}'')',
        hera_test.system(), hera_test.platform()), 'PT400', 'filter.unknown');
      if v_what = 'database' then
        perform hera_test.raises(format(v_call, a.admin, a.organization), 'PT403', 'permission_denied');
        perform hera_test.raises(format(v_call, v_colleague, hera_test.platform()), 'PT403', 'permission_denied');
        perform hera_test.raises(format(v_call, hera_test.system(), a.organization), 'PT400', 'guardrail_violation:ORG_FILTER_MISMATCH');
        continue;
      end if;

      execute format(v_call, a.admin, a.organization) into v;
      assert v ->> 'success' = 'true';
      assert strpos(v::text, b.organization::text) = 0 and strpos(v::text, v_hook_b::text) = 0 and v::text !~ 'of-b|example.com/b', v_what || v;
      if v_what not in ('overview', 'failures', 'connectors', 'hours') and v_what <> 'events' then
        assert strpos(v::text, a.organization::text) > 0, v_what || v;
      end if;
      execute format(v_call, v_member, a.organization) into v;
      execute format(v_call, v_manager, a.organization) into v;

      -- A colleague of the platform's who is no platform admin sees the platform's own, which is nothing here.
      execute format(v_call, v_colleague, hera_test.platform()) into v;
      assert v::text !~ 'of-a|of-b|example.com/[ab]' and strpos(v::text, a.organization::text) = 0, v_what || v;
      execute format(v_call, hera_test.system(), hera_test.platform()) into v;
      if v_what not in ('overview', 'hours') then
        assert v::text ~ 'of-a|example.com/a' and v::text ~ 'of-b|example.com/b', v_what || v;
      end if;
    end loop;
    assert hera_monitor_overview_v1(a.admin, a.organization) @> '{"events": 4, "attempts": 1, "dlq": 1, "installations": 1, "rate_limit_put_off": 2}',
      hera_monitor_overview_v1(a.admin, a.organization)::text;
    assert hera_monitor_overview_v1(b.admin, b.organization) @> '{"events": 4, "attempts": 3, "dlq": 1, "installations": 1, "rate_limit_put_off": 0}';
    assert hera_monitor_overview_v1(hera_test.system(), hera_test.platform()) @> '{"events": 8, "attempts": 4, "dlq": 2, "installations": 2, "rate_limit_put_off": 2}';
    assert hera_monitor_overview_v1(v_colleague, hera_test.platform()) @> '{"events": 0, "attempts": 0, "dlq": 0, "installations": 0}';
    -- Again with rolled-up hours.
    perform hera_test.move_clock('2 hours');
    perform hera_outbox_maintain_v1();
  end loop;
end
$$;
