-- hera_internal.forget_failures: after a re-run, take out what failed before in the organization that keeps the request, where nothing of the
-- request is for that organization any more.  Sets the tenant to it.
create or replace function hera_internal.forget_failures(p_request hera.inbound_requests, p_done uuid[])
returns void
language plpgsql
volatile
as $$
begin
  perform hera_internal.set_tenant(p_request.organization_id);
  if p_request.rerun_at is not null and p_request.organization_id <> all (p_done) then
    perform hera_internal.keep_failed_items(null, p_request.organization_id, p_request, array[]::jsonb[]);
  end if;
end
$$;
comment on function hera_internal.forget_failures(hera.inbound_requests, uuid[]) is 'Takes out failures that a re-run has mended.';
