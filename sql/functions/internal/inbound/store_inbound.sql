-- hera_internal.store_inbound: write one organization's items of a request, on behalf of the system actor. Sets the tenant.
-- An item with a reason, and one that ingest refuses, is kept as failed. One that came before is a duplicate, also where the provider
-- has changed what is no part of its key (a number of the attempt, say).
create or replace function hera_internal.store_inbound(
  p_request hera.inbound_requests, p_organization_id uuid, p_items jsonb[], p_traceparent text,
  out accepted int, out duplicates int, out failed int, out reason text)
language plpgsql
volatile
as $$
declare
  v_actor constant uuid := uuid '00000000-0000-0000-0000-000000000001';
  v_suspended boolean;
  v_answers jsonb[];
  v_failed jsonb[] := array[]::jsonb[];
begin
  perform hera_internal.set_tenant(p_organization_id);
  select o.status <> 'active' into v_suspended from hera.core_organizations o where o.id = p_organization_id;
  v_answers := array(
    select case
      when i ? 'reason' then i
      when v_suspended then jsonb '{"error": "organization_suspended", "message": "the organization is suspended"}' end
    from unnest(p_items) with ordinality x (i, n) order by x.n);
  v_answers := hera_internal.accept_events(v_actor, p_organization_id, p_items, v_answers, p_traceparent);
  perform hera_internal.follow_events(p_organization_id, p_items, v_answers);

  accepted := 0;
  duplicates := 0;
  for i in 1 .. cardinality(p_items)
  loop
    if v_answers[i] ? 'reason' or v_answers[i] ? 'error' and v_answers[i] ->> 'error' <> 'idempotency.mismatch' then
      reason := coalesce(v_answers[i] ->> 'reason', concat_ws(': ', v_answers[i] ->> 'error', v_answers[i] ->> 'message'));
      v_failed := v_failed || (p_items[i] || jsonb_build_object('reason', reason, 'n', i));
    elsif v_answers[i] ->> 'duplicate' = 'false' then
      accepted := accepted + 1;
    else
      duplicates := duplicates + 1;
    end if;
  end loop;
  failed := cardinality(v_failed);
  reason := v_failed[1] ->> 'reason';
  perform hera_internal.keep_failed_items(v_actor, p_organization_id, p_request, v_failed);
end
$$;
comment on function hera_internal.store_inbound(hera.inbound_requests, uuid, jsonb[], text) is 'Writes the items of one organization.';
