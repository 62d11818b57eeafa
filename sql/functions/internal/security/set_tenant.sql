-- hera_internal.set_tenant: choose the organization whose rows this transaction may touch (see views/00_row_security.sql).
-- The only place that sets it, and always for the transaction alone. The setting has no authority for any role
-- that can write SQL of its own: the policies that read it are for hera_owner.
create or replace function hera_internal.set_tenant(p_organization_id uuid)
returns void
language plpgsql
as $$
begin
  perform set_config('hera.organization_id', p_organization_id::text, true);
end
$$;
comment on function hera_internal.set_tenant(uuid) is 'Sets the tenant of this transaction.';
