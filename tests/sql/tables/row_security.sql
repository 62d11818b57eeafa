-- The rows of another organization can be neither read, changed nor written for a tenant, and none at all without one: by the policies
-- alone, whatever a function asks.
do $$
declare
  a record := hera_test.organization('A');
  b record := hera_test.organization('B');
  v_table text;
  v_statement text;
  v_seen boolean;
begin
  perform hera_test.webhook(a.organization);
  perform hera_test.webhook(b.organization);
  perform hera_integration_event_in_v1(a.admin, a.organization, 's', 't', p_idempotency_key => 'k');
  perform hera_integration_event_in_v1(b.admin, b.organization, 's', 't', p_idempotency_key => 'k');
  grant usage on schema hera_test to hera_owner;
  set local role hera_owner;
  foreach v_table in array array['memberships', 'webhooks', 'events', 'idempotency_keys', 'outbox_ready']
  loop
    perform set_config('hera.organization_id', a.organization::text, true);
    execute format('select bool_or(organization_id <> %L) from hera.%I', a.organization, v_table) into v_seen;
    assert not v_seen, v_table;
    -- A row that is one's own can't be given away.
    perform hera_test.raises(format('update hera.%I set organization_id = %L', v_table, b.organization), '42501');
    perform set_config('hera.organization_id', '', true);
    execute format('select count(*) > 0 from hera.%I', v_table) into v_seen;
    assert not v_seen, v_table;
  end loop;

  perform set_config('hera.organization_id', a.organization::text, true);
  foreach v_statement in array array[
    'insert into hera.idempotency_keys values (%L, ''k2'', gen_random_uuid(), ''x'')',
    'insert into hera.outbox_ready (organization_id, delivery_id, attempt, base_attempt) values (%L, gen_random_uuid(), 1, 0)',
    'insert into hera.events (organization_id, id, created_at, created_by, deliveries, status, event_source, event_type, smart_code, event_data)
       values (%L, hera_internal.new_id(now()), now(), gen_random_uuid(), 0, ''processed'', ''s'', ''t'', ''HERA.A.B.v1'', ''{}'')']
  loop
    perform hera_test.raises(format(v_statement, b.organization), '42501');
    execute format(v_statement, a.organization);
  end loop;
end
$$;
