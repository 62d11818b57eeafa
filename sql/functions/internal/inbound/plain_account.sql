-- hera_internal.plain_account: an account without the prefix that the provider may or may not write before it (account_prefixes).
create or replace function hera_internal.plain_account(p_account text, p_prefixes jsonb)
returns text
language plpgsql
immutable
as $$
begin
  if p_prefixes is null then
    return p_account;
  end if;
  return coalesce((
    select substring(p_account from length(x.prefix) + 1)
    from jsonb_array_elements_text(p_prefixes) x (prefix)
    where starts_with(p_account, x.prefix) and length(p_account) > length(x.prefix)
    order by length(x.prefix) desc
    limit 1), p_account);
end
$$;
comment on function hera_internal.plain_account(text, jsonb) is 'An account without its prefix.';
