-- hera_internal.check_whole_platform: refuse all but a platform admin in the platform organization.  Errors: PT403 permission_denied.
create or replace function hera_internal.check_whole_platform(p_role text, p_organization_id uuid)
returns void
language plpgsql
as $$
begin
  if p_role <> 'platform_admin' or p_organization_id <> hera_internal.platform_id() then
    perform hera_internal.fail(403, 'permission_denied', 'All organizations at once are for platform admins, in the platform organization.',
      'Pass the platform organization as p_organization_id.');
  end if;
end
$$;
comment on function hera_internal.check_whole_platform(text, uuid) is 'Raises unless the whole platform may be touched.';
