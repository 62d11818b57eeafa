-- hera_internal.role_rank: roles in the order of what they may; null for what is no role.
create or replace function hera_internal.role_rank(p_role text)
returns int
language sql
immutable parallel safe
return array_position(array['member', 'integration_manager', 'org_admin', 'platform_admin'], p_role);
comment on function hera_internal.role_rank(text) is 'The rank of a role, from 1.';
