-- hera_internal.lines_total: the total of a transaction whose caller gives none, in the transaction's currency: the sum of its lines;
-- postings tell the same amounts once more, so they count only where all lines are postings, and then the debits do.
create or replace function hera_internal.lines_total(p_transaction jsonb, p_lines jsonb)
returns numeric
language plpgsql
immutable
as $$
begin
  return (
    select coalesce(
      sum(hera_internal.line_amount(l)) filter (where l ->> 'smart_code' not like '%.GL.%'),
      sum(hera_internal.line_amount(l)) filter (where l ->> 'smart_code' like '%.GL.%' and l #>> '{line_data,side}' = 'DR'),
      0)
    from jsonb_array_elements(p_lines) l
    -- Without a currency of the transaction the lines have but one (hera_internal.lines_fault sees to it).
    where coalesce(l #>> '{line_data,currency}' = p_transaction ->> 'transaction_currency_code', true));
end
$$;
comment on function hera_internal.lines_total(jsonb, jsonb) is 'The computed total of a transaction.';
