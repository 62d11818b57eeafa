-- as hera_owner
-- Row level security of every tenant table, in one place.
--   hera_owner         runs the tenant RPCs: the rows of the organization that hera_internal.authorize has set. An unset
--                      tenant yields no rows and no error.
--   hera_worker_owner  runs the outbox functions: all rows of the tables that delivery needs, by a constant policy.
--   hera_view          owns the read views: the organizations of the login that reads.
-- FORCE binds the owner too. Policies are re-made at each change of this file.
do $$
declare
  v_tenant constant text := '(select nullif(current_setting(''hera.organization_id'', true), '''')::uuid)';
  v_own constant text := 'organization_id = ' || v_tenant;
  -- The same for few rows: the sub-select takes 3 µs to set up, and to write a uuid costs less than to read one.
  v_own_row constant text := 'organization_id::text = current_setting(''hera.organization_id'', true)';
  v_platform constant text := '''00000000-0000-0000-0000-000000000000''::uuid';
  v_table text;
  v_policy record;
begin
  for v_policy in select p.schemaname, p.tablename, p.policyname from pg_policies p where p.schemaname = 'hera'
  loop
    execute format('drop policy %I on %I.%I', v_policy.policyname, v_policy.schemaname, v_policy.tablename);
  end loop;

  for v_table in
    select c.relname from pg_class c
    where c.relnamespace = 'hera'::regnamespace and c.relkind in ('r', 'p')
      and exists (
        select from pg_attribute a where a.attrelid = c.oid and a.attname = 'organization_id' and not a.attisdropped)
  loop
    execute format('alter table hera.%I enable row level security, force row level security', v_table);
    -- Day partitions are reached through their parents, whose policies hold then.
    continue when v_table ~ '^(events|attempts|inbound_requests)_[0-9]' or v_table = 'reader_organizations';
    execute format('grant select on hera.%I to hera_view', v_table);
    if v_table like 'audit\_%' then
      -- Nobody updates. Tenants append; the worker seals, and takes out what retention has outlived.
      execute format('create policy tenant_read on hera.%I for select to hera_owner using (%s)', v_table, v_own);
      if v_table <> 'audit_seals' then
        execute format('create policy tenant_append on hera.%I for insert to hera_owner with check (%s)', v_table, v_own);
      end if;
      execute format('create policy worker_read on hera.%I for select to hera_worker_owner using (true)', v_table);
      execute format('create policy worker_append on hera.%I for insert to hera_worker_owner with check (true)', v_table);
      execute format('create policy worker_delete on hera.%I for delete to hera_worker_owner using (%s)', v_table, case v_table
        when 'audit_log' then 'created_at < hera_internal.now() - interval ''90 days'''
        when 'audit_seals' then 'sealed_at < hera_internal.now() - interval ''90 days'''
        else 'true' end);
    else
      -- By row where nearly every call finds a row by a key that names the organization, or writes one.
      execute format('create policy tenant on hera.%I to hera_owner using (%s) with check (%s)', v_table,
        case when v_table in ('memberships', 'webhooks') then v_own_row else v_own end,
        case when v_table in ('memberships', 'webhooks', 'events', 'idempotency_keys', 'outbox_ready') then v_own_row else v_own end);
    end if;
    execute format(
      'create policy reader on hera.%I for select to hera_view
         using ((select hera_internal.reads_all()) or organization_id = any ((select hera_internal.reads())::uuid[]))', v_table);
  end loop;

  -- The organizations themselves: one's own, the platform's (its settings hold for all), and all for the platform.
  alter table hera.core_organizations enable row level security, force row level security;
  grant select on hera.core_organizations to hera_view;
  execute format('create policy tenant on hera.core_organizations to hera_owner using (id in (%s, %s) or %s = %s)',
    v_tenant, v_platform, v_tenant, v_platform);
  create policy reader on hera.core_organizations for select to hera_view
    using ((select hera_internal.reads_all()) or id = any ((select hera_internal.reads())::uuid[]));

  -- The platform's catalogue is for every organization to read.
  execute format(
    'create policy platform_catalogue on hera.core_entities for select to hera_owner
       using (organization_id = %s and entity_type in (''INTEGRATION_CONNECTOR_DEF'', ''RELATIONSHIP_TYPE'', ''INTEGRATION_EVENT_TYPE''))',
    v_platform);
  execute format(
    'create policy platform_catalogue on hera.core_dynamic_data for select to hera_owner
       using (organization_id = %s and field_name = ''connector_config'')', v_platform);
  execute format('create policy platform_catalogue on hera.connector_versions for select to hera_owner using (organization_id = %s)', v_platform);

  -- A provider's request finds the installations that it may be for before their organizations are known.
  create policy by_connector on hera.installation_fields for select to hera_owner
    using (connector_code = (select nullif(current_setting('hera.inbound_connector', true), '')));

  -- The platform counts the installations of every organization.
  execute format(
    'create policy platform_installations on hera.core_entities for select to hera_owner
       using (%s = %s and entity_type = ''INTEGRATION_CONNECTOR_INSTALL'')', v_tenant, v_platform);

  -- And knows whom it has authorized for which definition.
  execute format(
    'create policy platform_assignments on hera.core_relationships for select to hera_owner
       using (%s = %s and relationship_type = ''ORG_AUTHORIZED_FOR'')', v_tenant, v_platform);

  -- A person sees the own memberships across organizations.
  create policy own_memberships on hera.memberships for select to hera_owner
    using (user_entity_id::text = current_setting('hera.user_entity_id', true));

  -- An API key is found by its hash, before its organization is known.
  create policy by_hash on hera.api_keys for select to hera_owner
    using (key_hash = (select decode(nullif(current_setting('hera.api_key_hash', true), ''), 'hex')));

  -- A lease spans organizations; hera_internal.deliveries shows each organization its own part.
  alter table hera.outbox_leases enable row level security, force row level security;
  execute format('create policy tenant on hera.outbox_leases for select to hera_owner using (%s = any (organization_ids))', v_tenant);
  grant select on hera.outbox_leases to hera_view;
  create policy reader on hera.outbox_leases for select to hera_view using ((select hera_internal.reads_all()));

  -- Assigned by administrators, read by hera_internal.reads alone.
  create policy assigned on hera.reader_organizations to hera_owner using (true);

  foreach v_table in array array[
    'outbox_ready', 'outbox_scheduled', 'outbox_leases', 'outbox_fifo_wait', 'outbox_fifo_lane', 'outbox_rate',
    'attempts', 'dead_letters', 'webhooks', 'events', 'secrets', 'idempotency_keys', 'idempotent_calls', 'replay_jobs', 'replay_items',
    'retention_progress', 'connector_tasks', 'inbound_requests',
    -- Monitoring looks whether anything fell into the default partitions, and keeps the rollups.
    'events_default', 'attempts_default', 'inbound_requests_default', 'event_rollup', 'latency_rollup', 'delivery_rollup']
  loop
    execute format('create policy worker on hera.%I to hera_worker_owner using (true)', v_table);
  end loop;

  -- The platform's monitoring shows the installations of every organization: their state, none of their configuration.
  create policy monitoring on hera.core_entities for select to hera_worker_owner using (entity_type = 'INTEGRATION_CONNECTOR_INSTALL');
  create policy monitoring on hera.core_dynamic_data for select to hera_worker_owner
    using (field_name in ('token_expires_at', 'last_success_at', 'last_error', 'last_checked_at'));
  create policy monitoring on hera.core_organizations for select to hera_worker_owner using (true);
end
$$;

-- Append-only also for its owner, and not by policies alone, which TRUNCATE passes by.
revoke update, delete, truncate on hera.audit_log, hera.audit_pending from hera_owner;
revoke insert, update, delete, truncate on hera.audit_seals from hera_owner;

-- The worker sends, so it reads what to send and settles; it changes no event. It re-seals secrets with a newer key, and
-- deletes what retention has outlived.
grant select on hera.events, hera.secrets, hera.webhooks to hera_worker_owner;
grant update (status, status_reason) on hera.webhooks to hera_worker_owner;
grant select, insert, update, delete on
  hera.outbox_ready, hera.outbox_scheduled, hera.outbox_leases, hera.outbox_fifo_wait, hera.outbox_fifo_lane,
  hera.outbox_rate, hera.attempts, hera.dead_letters
to hera_worker_owner;

-- What is due at providers: hera_internal.task_request opens the rest.
grant select, update on hera.connector_tasks to hera_worker_owner;

-- Monitoring.
grant select on hera.events_default, hera.attempts_default, hera.inbound_requests_default, hera.core_entities to hera_worker_owner;
grant select (organization_id, entity_id, field_name, field_value_text, field_value_date, field_value_json) on hera.core_dynamic_data
to hera_worker_owner;
grant select (id, organization_name) on hera.core_organizations to hera_worker_owner;
grant select, insert, delete on hera.event_rollup, hera.latency_rollup, hera.delivery_rollup to hera_worker_owner;

-- Maintenance.
grant update (sealed) on hera.secrets to hera_worker_owner;
grant delete on hera.events to hera_worker_owner;
grant select, delete on hera.inbound_requests to hera_worker_owner;
grant select, delete on hera.idempotency_keys, hera.idempotent_calls to hera_worker_owner;
grant select, insert, delete on hera.audit_log, hera.audit_pending, hera.audit_seals to hera_worker_owner;
grant select, update, delete on hera.replay_jobs to hera_worker_owner;
grant select, insert, update on hera.retention_progress to hera_worker_owner;
grant select, delete on hera.replay_items to hera_worker_owner;
