-- hera_internal.audit: append one row to the audit trail, and its id to what the next sealing takes into the hash chain. The chain
-- itself is not touched, so audited calls wait for nobody. Detail must hold no secret.
create or replace function hera_internal.audit(
  p_actor_user_id uuid, p_organization_id uuid, p_function text, p_operation text, p_target_id uuid, p_detail jsonb)
returns void
language plpgsql
as $$
declare
  v_now timestamptz := hera_internal.now();
  v_id uuid := hera_internal.new_id(v_now);
begin
  insert into hera.audit_log (organization_id, id, created_at, actor_user_id, function_name, operation, target_id, detail)
  values (p_organization_id, v_id, v_now, p_actor_user_id, p_function, p_operation, p_target_id, p_detail);
  insert into hera.audit_pending (organization_id, id) values (p_organization_id, v_id);
end
$$;
grant execute on function hera_internal.audit(uuid, uuid, text, text, uuid, jsonb) to hera_worker_owner;
comment on function hera_internal.audit(uuid, uuid, text, text, uuid, jsonb) is 'Appends a row to hera.audit_log.';
