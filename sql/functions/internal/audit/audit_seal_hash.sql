-- hera_internal.audit_seal_hash: SHA-256 over everything in a seal but its own hash. previous_hash is among it, which makes the chain.
create or replace function hera_internal.audit_seal_hash(
  p_organization_id uuid, p_seal_no bigint, p_sealed_at timestamptz, p_ids uuid[], p_row_hashes bytea[], p_previous_hash bytea)
returns bytea
language plpgsql
stable
as $$
begin
  return sha256(convert_to(
    p_organization_id || '|' || p_seal_no || '|' || to_char(p_sealed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') || '|'
    || array_to_string(p_ids, ',') || '|'
    || (select string_agg(encode(h.hash, 'hex'), ',' order by h.ordinality) from unnest(p_row_hashes) with ordinality h (hash))
    || '|' || encode(p_previous_hash, 'hex'), 'UTF8'));
end
$$;
grant execute on function hera_internal.audit_seal_hash(uuid, bigint, timestamptz, uuid[], bytea[], bytea) to hera_worker_owner;
comment on function hera_internal.audit_seal_hash(uuid, bigint, timestamptz, uuid[], bytea[], bytea) is 'SHA-256 of an audit seal.';
