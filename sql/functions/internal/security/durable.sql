-- hera_internal.durable: an accepting RPC must not answer before its commit is on disk, whatever the session set.
create or replace function hera_internal.durable()
returns void
language plpgsql
as $$
begin
  if current_setting('synchronous_commit') = 'off' then
    perform set_config('synchronous_commit', 'on', true);
  end if;
end
$$;
comment on function hera_internal.durable() is 'Takes synchronous_commit = off back for this transaction.';
