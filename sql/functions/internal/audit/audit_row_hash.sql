-- hera_internal.audit_row_hash: SHA-256 over the canonical text of a row of the audit trail, a JSON array of its columns. The text
-- depends on no setting of the session: times are UTC to the microsecond, and jsonb prints one way.
create or replace function hera_internal.audit_row_hash(p_row hera.audit_log)
returns bytea
language plpgsql
stable
as $$
begin
  return sha256(convert_to(jsonb_build_array(
    p_row.organization_id, p_row.id, to_char(p_row.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), p_row.actor_user_id,
    p_row.login::text, p_row.function_name, p_row.operation, p_row.target_id, p_row.detail)::text, 'UTF8'));
end
$$;
grant execute on function hera_internal.audit_row_hash(hera.audit_log) to hera_worker_owner;
comment on function hera_internal.audit_row_hash(hera.audit_log) is 'SHA-256 of an audit row.';
