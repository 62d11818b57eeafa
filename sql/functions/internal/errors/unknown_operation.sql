-- hera_internal.unknown_operation: refuse an operation that an RPC does not have.
create or replace function hera_internal.unknown_operation(p_operation text, p_known text)
returns void
language plpgsql
as $$
begin
  perform hera_internal.fail(400, 'operation.unknown', format('operation %s is unknown', coalesce(left(p_operation, 50), 'null')),
    'Known operations: ' || p_known);
end
$$;
comment on function hera_internal.unknown_operation(text, text) is 'Raises PT400 operation.unknown.';
