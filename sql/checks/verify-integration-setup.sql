-- for psql
-- Reports whether the integration runtime is set up:
--   psql -f sql/checks/verify-integration-setup.sql
-- Who: a superuser, the owner or a login of hera_dba. Changes nothing. Exit code 3 where something is missing.
-- It looks at what the runtime can't do without; `migrations.runner verify` compares each function with its file and runs all
-- checks, which asks for more rights than a hera_dba has.
\set ON_ERROR_STOP on
\set QUIET on
\pset pager off
\pset null ''
\pset footer off
begin;
create temporary table integration_setup (section text, item text, state text, note text) on commit drop;

insert into integration_setup
select 'Functions', f.name, case when p.oid is null then 'MISSING' else 'present' end, case
    when has_function_privilege('hera_api', p.oid, 'execute') then 'for the API'
    when has_function_privilege('hera_worker', p.oid, 'execute') then 'for the worker'
    when p.oid is not null then 'for administrators'
  end
from unnest(array[
  'hera_integration_event_in_v1', 'hera_integration_connector_v1', 'hera_webhook_config_v1', 'hera_webhook_get_by_topic_v1',
  'hera_webhook_delivery_log_v1', 'hera_outbox_get_pending_v1', 'hera_outbox_update_status_v1', 'hera_outbox_schedule_retry_v1',
  'hera_outbox_get_stats_v1', 'hera_integration_setup_relationships_v1', 'hera_integration_setup_connector_v1',
  'hera_identity_resolve_v1', 'hera_organization_v1', 'hera_membership_v1', 'hera_outbox_claim_v1', 'hera_outbox_finish_v1',
  'hera_outbox_release_v1', 'hera_outbox_maintain_v1']) f (name)
left join pg_proc p on p.proname = f.name and p.pronamespace = 'public'::regnamespace;

insert into integration_setup
select 'Roles', r.name, case when to_regrole(r.name) is null then 'MISSING' else 'present' end, r.purpose
from (values
  ('hera_owner', 'owns tables and the functions of the API'), ('hera_worker_owner', 'owns the functions of the worker'),
  ('hera_view', 'owns the read views'), ('hera_api', 'login of the API'), ('hera_worker', 'login of the outbox worker'),
  ('hera_dba', 'administrators'), ('hera_reader', 'readers of single organizations'), ('hera_migrator', 'deployments')) r (name, purpose);

insert into integration_setup
select 'Relationship types', t.name, case when e.id is null then 'MISSING' else 'present' end, e.entity_description
from unnest(array[
  'CONNECTOR_INSTALLED_BY', 'CONNECTOR_BASED_ON', 'EVENT_PROCESSED_BY', 'WEBHOOK_BELONGS_TO', 'CONNECTOR_SUPPORTS', 'ORG_AUTHORIZED_FOR',
  'WEBHOOK_DELIVERS_TO', 'EVENT_TRIGGERS', 'CONNECTOR_DEPENDS_ON', 'INTEGRATION_MANAGES']) t (name)
left join public.core_entities e on e.entity_type = 'RELATIONSHIP_TYPE' and e.entity_code = t.name;

insert into integration_setup
select 'Connector definitions', c.code, coalesce(d.field_value_json ->> 'status', 'MISSING'),
  format('%s, %s live installations', e.entity_name, (
    select count(*) from public.core_entities i
    where i.entity_type = 'INTEGRATION_CONNECTOR_INSTALL' and i.entity_code = c.code and i.status <> 'inactive'))
from (
  select unnest(array['whatsapp-business-cloud', 'linkedin-api', 'meta-graph-api', 'zapier-webhook', 'hubspot-crm'])
  union
  select entity_code from public.core_entities where entity_type = 'INTEGRATION_CONNECTOR_DEF') c (code)
left join public.core_entities e on e.entity_type = 'INTEGRATION_CONNECTOR_DEF' and e.entity_code = c.code
left join public.core_dynamic_data d
  on d.organization_id = e.organization_id and d.entity_id = e.id and d.field_name = 'connector_config';

insert into integration_setup
select 'Partitions', p.parent || ' of ' || to_char(d.day, 'YYYY-MM-DD'),
  case when c.oid is null then 'MISSING' else 'present' end,
  case when c.oid is null then 'hera_outbox_maintain_v1 makes it; a running worker calls that' end
from (values ('events'), ('attempts'), ('inbound_requests')) p (parent)
cross join (
  select (clock_timestamp() at time zone 'UTC')::date + n from generate_series(0, 1) n) d (day)
left join pg_class c on c.relname = p.parent || to_char(d.day, '_YYYYMMDD') and c.relnamespace = (
  select n.oid from pg_namespace n where n.nspname = 'hera');

select section, item, state, note from integration_setup;
select section, count(*) as items, count(*) filter (where state = 'MISSING') as missing
from integration_setup
group by section
order by section;
do $$
begin
  if exists (select from integration_setup where state = 'MISSING') then
    raise exception 'the integration runtime is not complete: see what is MISSING above';
  end if;
end
$$;
commit;
\echo 'The integration runtime is set up.'
