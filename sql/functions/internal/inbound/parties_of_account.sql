-- hera_internal.parties_of_account: the installations that an item of a request is for, by its account.
--   * Those with that account whose own secret verified the request.
--   * Else, where the platform's secret did, one of those with that account: one that was authorized at the provider before one that was
--     not, the oldest first. Anybody can write an account into a field, so the others get nothing.
--   * Where a single installation's secret verified it: that one, if its address was used or it names no account at all.
create or replace function hera_internal.parties_of_account(
  p_parties hera_internal.inbound_party[], p_sole boolean, p_by_address boolean, p_account text)
returns hera_internal.inbound_party[]
language plpgsql
immutable
as $$
declare
  v_own hera_internal.inbound_party[];
begin
  if p_sole and (p_by_address or cardinality(p_parties[1].accounts) = 0) then
    return p_parties;
  elsif p_account is null then
    return array[]::hera_internal.inbound_party[];
  end if;
  v_own := array(select p from unnest(p_parties) p where p.trust = 'own' and p_account = any (p.accounts));
  if cardinality(v_own) > 0 then
    return v_own;
  end if;
  return array(
    select p from unnest(p_parties) p
    where p.trust = 'platform' and p_account = any (p.accounts)
    order by p.status = 'pending_auth', p.installation_id
    limit 1);
end
$$;
comment on function hera_internal.parties_of_account(hera_internal.inbound_party[], boolean, boolean, text) is 'Who gets an item of a request.';
