-- hera_internal.creates_transaction: the options of an event, checked: is it a transaction too?
-- Errors: PT400 options.unknown, options.invalid.
create or replace function hera_internal.creates_transaction(p_options jsonb)
returns boolean
language plpgsql
as $$
begin
  perform hera_internal.check_keys('options', p_options, array['create_transaction', 'traceparent']);
  if jsonb_typeof(p_options -> 'create_transaction') not in ('boolean', 'null') then
    perform hera_internal.fail(400, 'options.invalid', 'options.create_transaction must be true or false', null);
  end if;
  return coalesce((p_options ->> 'create_transaction')::boolean, false);
end
$$;
comment on function hera_internal.creates_transaction(jsonb) is 'True where options.create_transaction is true.';
