-- hera_internal.line_amount: the amount of a line: as given, else quantity times unit amount, else null.
create or replace function hera_internal.line_amount(p_line jsonb)
returns numeric
language plpgsql
immutable
as $$
begin
  return coalesce((p_line ->> 'line_amount')::numeric, (p_line ->> 'quantity')::numeric * (p_line ->> 'unit_amount')::numeric);
end
$$;
comment on function hera_internal.line_amount(jsonb) is 'line_amount, or quantity * unit_amount.';
