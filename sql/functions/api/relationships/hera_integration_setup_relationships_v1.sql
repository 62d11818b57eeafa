-- hera_integration_setup_relationships_v1: the ten relationship types, as entities of the platform. Re-runnable.
-- Caller: DBA, seeds.  Writes: core_entities.
create or replace function public.hera_integration_setup_relationships_v1()
returns jsonb
language plpgsql
volatile security definer
set search_path = pg_catalog, hera, pg_temp
as $$
declare
  v_actor constant uuid := uuid '00000000-0000-0000-0000-000000000001';
  v_types constant jsonb := jsonb '{
    "CONNECTOR_INSTALLED_BY": "An installation and the organization that it belongs to",
    "CONNECTOR_BASED_ON": "An installation and its connector definition",
    "EVENT_PROCESSED_BY": "An event and the installation that it came in by",
    "WEBHOOK_BELONGS_TO": "A webhook and the installation whose events it gets",
    "CONNECTOR_SUPPORTS": "A connector definition and an event type",
    "ORG_AUTHORIZED_FOR": "An organization and a definition that it may install",
    "WEBHOOK_DELIVERS_TO": "A webhook and its endpoint",
    "EVENT_TRIGGERS": "An event and a delivery",
    "CONNECTOR_DEPENDS_ON": "A connector and another that it needs",
    "INTEGRATION_MANAGES": "A user and a connector in the user''s care"}';
  v_created int;
begin
  perform hera_internal.set_tenant(hera_internal.platform_id());
  with made as (
    insert into hera.core_entities (
      id, organization_id, entity_type, entity_name, entity_code, entity_description, smart_code, created_by, updated_by)
    select hera_internal.new_id(hera_internal.now()), hera_internal.platform_id(), 'RELATIONSHIP_TYPE',
      initcap(replace(t.key, '_', ' ')), t.key, t.value, 'HERA.INTEGRATION.REL.' || t.key || '.v1', v_actor, v_actor
    from jsonb_each_text(v_types) t
    on conflict do nothing
    returning 1
  )
  select count(*) into v_created from made;
  return jsonb_build_object('success', true, 'created', v_created,
    'relationship_types', (select jsonb_agg(e.entity_code order by e.entity_code) from hera.core_entities e
      where e.organization_id = hera_internal.platform_id() and e.entity_type = 'RELATIONSHIP_TYPE'));
end
$$;
revoke all on function public.hera_integration_setup_relationships_v1() from public;
grant execute on function public.hera_integration_setup_relationships_v1() to hera_dba;
comment on function public.hera_integration_setup_relationships_v1() is
$doc$Makes the ten relationship types where they are missing. Answers {success, created, relationship_types}. Can be run again and again.

select hera_integration_setup_relationships_v1();$doc$;
