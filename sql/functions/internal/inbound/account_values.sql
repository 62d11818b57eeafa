-- hera_internal.account_values: the forms in which installations may have written the accounts of a request: with each prefix and without.
create or replace function hera_internal.account_values(p_accounts text[], p_prefixes jsonb)
returns text[]
language sql
immutable
as $$
  select array(
    select distinct x.prefix || hera_internal.plain_account(a, p_prefixes)
    from unnest(p_accounts) a
    cross join (select '' as prefix union all select jsonb_array_elements_text(p_prefixes)) x);
$$;
comment on function hera_internal.account_values(text[], jsonb) is 'Accounts with and without prefixes.';
