-- hera_test.platform, system: the fixed identities of the contract.
create function hera_test.platform() returns uuid language sql immutable return '00000000-0000-0000-0000-000000000000'::uuid;
create function hera_test.system() returns uuid language sql immutable return '00000000-0000-0000-0000-000000000001'::uuid;

-- hera_test.member: a new person with a role in an organization.
create function hera_test.member(p_organization uuid, p_role text default 'member') returns uuid
language sql
as $$
  select (hera_membership_v1(hera_test.system(), p_organization, 'GRANT',
    jsonb_build_object('auth_uid', gen_random_uuid(), 'name', p_role, 'role', p_role)) #>> '{member,user_entity_id}')::uuid;
$$;

-- hera_test.organization: a new organization and its admin.
create function hera_test.organization(p_name text, out organization uuid, out admin uuid)
language plpgsql
as $$
begin
  organization := (hera_organization_v1(hera_test.system(), 'CREATE', jsonb_build_object('name', p_name, 'code', p_name || '-' || gen_random_uuid()))
    #>> '{organization,id}')::uuid;
  admin := hera_test.member(organization, 'org_admin');
end
$$;
