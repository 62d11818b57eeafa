-- hera_audit_refusal_v1: keep a refusal. The refused call itself was rolled back, so the host records it in a second call.
-- Caller: API.  Writes: audit_log.
create or replace function public.hera_audit_refusal_v1(
  p_refused_user_id uuid, p_organization_id uuid, p_function text, p_error text)
returns boolean
language plpgsql
volatile security definer
set search_path = pg_catalog, hera, pg_temp
as $$
begin
  -- A refusal without an organization that exists belongs to the platform.
  perform hera_internal.set_tenant(coalesce(p_organization_id, hera_internal.platform_id()));
  if p_organization_id is null or not exists (select from hera.core_organizations o where o.id = p_organization_id) then
    p_organization_id := hera_internal.platform_id();
    perform hera_internal.set_tenant(p_organization_id);
  end if;
  perform hera_internal.audit(p_refused_user_id, p_organization_id, left(coalesce(p_function, ''), 200), 'REFUSED', null,
    jsonb_build_object('error', left(p_error, 200)));
  return true;
end
$$;
revoke all on function public.hera_audit_refusal_v1(uuid, uuid, text, text) from public;
grant execute on function public.hera_audit_refusal_v1(uuid, uuid, text, text) to hera_api, hera_dba;
comment on function public.hera_audit_refusal_v1(uuid, uuid, text, text) is
$doc$Records that a call was refused (401 or 403), in the audit trail of the organization, or of the platform where there is none.

p_refused_user_id: null where the identity was not resolved. p_function: the RPC or route. p_error: the machine code.
Answers true.

select hera_audit_refusal_v1(null, null, 'POST /api/v2/integrations/events', 'invalid_token');$doc$;
