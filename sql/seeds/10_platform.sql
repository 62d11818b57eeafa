-- The platform organization and the system actor, who is its first platform admin.
select hera_internal.set_tenant(hera_internal.platform_id());

insert into hera.core_organizations (id, organization_name, organization_code, organization_type, created_by, updated_by)
values ('00000000-0000-0000-0000-000000000000', 'HERA Platform', 'HERA-PLATFORM', 'platform',
  '00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000001')
on conflict do nothing;

insert into hera.core_entities (
  id, organization_id, entity_type, entity_name, entity_code, smart_code, created_by, updated_by)
values
  ('00000000-0000-0000-0000-000000000000', '00000000-0000-0000-0000-000000000000', 'ORGANIZATION', 'HERA Platform', 'HERA-PLATFORM',
    'HERA.IDENTITY.ORGANIZATION.v1', '00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000001'),
  ('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000000', 'USER', 'HERA System',
    '00000000-0000-0000-0000-000000000001', 'HERA.IDENTITY.USER.v1',
    '00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000001')
on conflict do nothing;

insert into hera.identities (auth_uid, user_entity_id)
values ('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000001')
on conflict do nothing;

insert into hera.memberships (organization_id, user_entity_id, role, created_by, updated_by)
values ('00000000-0000-0000-0000-000000000000', '00000000-0000-0000-0000-000000000001', 'platform_admin',
  '00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000001')
on conflict do nothing;
