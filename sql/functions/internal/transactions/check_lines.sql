-- hera_internal.check_lines: refuse lines that are no array, or have a key that nothing reads.
-- Errors: PT400 lines.invalid, lines.unknown.
create or replace function hera_internal.check_lines(p_lines jsonb)
returns void
language plpgsql
as $$
declare
  v_line jsonb;
begin
  if p_lines is null or jsonb_typeof(p_lines) <> 'array' then
    perform hera_internal.fail(400, 'lines.invalid', 'lines must be an array', 'Send [{"smart_code": …, "line_amount": …}, …].');
  end if;
  for v_line in select e from jsonb_array_elements(p_lines) e
  loop
    perform hera_internal.check_keys('lines', v_line, array['organization_id', 'line_number', 'entity_id', 'line_type',
      'description', 'quantity', 'unit_amount', 'line_amount', 'smart_code', 'line_data']);
  end loop;
end
$$;
comment on function hera_internal.check_lines(jsonb) is 'Raises unless p_lines is an array of objects with known keys.';
