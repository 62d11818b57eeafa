-- hera_internal.amount_fault: what is wrong with an amount, or null. A number, or the same digits as a string, since many a client has
-- no exact decimals; it goes to the table as it is, never through a float.
create or replace function hera_internal.amount_fault(p_amount jsonb)
returns text
language plpgsql
immutable
as $$
begin
  if p_amount is null or p_amount = 'null'
    or jsonb_typeof(p_amount) in ('number', 'string') and p_amount #>> '{}' ~ '^-?[0-9]{1,18}(\.[0-9]{1,12})?$' then
    return null;
  end if;
  return 'must be a decimal number with at most 18 digits before the point and 12 after it';
end
$$;
comment on function hera_internal.amount_fault(jsonb) is 'The fault of an amount, or null; an absent one (null) has none.';
