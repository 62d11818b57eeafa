-- hera_internal.currency_fault: what is wrong with a currency code, or null. An absent one has none.
create or replace function hera_internal.currency_fault(p_currency jsonb)
returns text
language plpgsql
immutable
as $$
begin
  if p_currency is null or p_currency = 'null' or p_currency #>> '{}' ~ '^[A-Z][A-Z0-9]{2,9}$' then
    return null;
  end if;
  return 'must be a currency code such as EUR';
end
$$;
comment on function hera_internal.currency_fault(jsonb) is 'The fault of a currency code, or null.';
