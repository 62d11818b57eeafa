-- hera_internal.transaction_lines_json: the lines of a transaction as the RPCs answer them, in order. Who wrote them, and when, is the
-- transaction's.
create or replace function hera_internal.transaction_lines_json(p_organization_id uuid, p_transaction_id uuid)
returns jsonb
language plpgsql
stable
as $$
begin
  return (
    select coalesce(jsonb_agg(to_jsonb(l)
        - array['organization_id', 'transaction_id', 'created_at', 'created_by', 'updated_at', 'updated_by', 'version']
      order by l.line_number), '[]')
    from hera.universal_transaction_lines l
    where l.organization_id = p_organization_id and l.transaction_id = p_transaction_id);
end
$$;
comment on function hera_internal.transaction_lines_json(uuid, uuid) is 'The lines of a transaction as a JSON array.';
