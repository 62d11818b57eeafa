-- hera_internal.index_installation: bring hera.installation_fields in step with an installation: its fields that are no secrets while it is
-- live, nothing once it is uninstalled. To be called wherever its configuration or status is written.
create or replace function hera_internal.index_installation(p_organization_id uuid, p_installation_id uuid)
returns void
language plpgsql
as $$
begin
  delete from hera.installation_fields f where f.organization_id = p_organization_id and f.installation_id = p_installation_id;
  insert into hera.installation_fields (organization_id, installation_id, connector_code, field_name, field_value)
  select e.organization_id, e.id, e.entity_code, x.name, x.value
  from hera.core_entities e
  cross join lateral (
    select '' as name, '' as value
    union all
    -- Masks stand for secrets.
    select c.key, c.value
    from hera.core_dynamic_data d
    cross join lateral jsonb_each_text(d.field_value_json) c
    where d.organization_id = e.organization_id and d.entity_id = e.id and d.field_name = 'installation_config'
      and c.value not like '••••%' and length(c.value) <= 255) x
  where e.organization_id = p_organization_id and e.id = p_installation_id and e.status <> 'inactive';
end
$$;
comment on function hera_internal.index_installation(uuid, uuid) is 'Keeps hera.installation_fields in step with an installation.';
