-- hera_internal.identity_changed: tell the hosts to forget whom a subject means and where it belongs.
-- p_subject: sub:<auth_uid> or key:<hash in hex>; null: all of them. Anybody may listen, so what is sent is a hash. Only for
-- functions that are called seldom: a notification makes the commits of a database wait for each other.
create or replace function hera_internal.identity_changed(p_subject text)
returns void
language plpgsql
as $$
begin
  perform pg_notify('hera_identity', coalesce(encode(sha256(convert_to(p_subject, 'UTF8')), 'hex'), '*'));
end
$$;
comment on function hera_internal.identity_changed(text) is 'Notifies hosts that an identity is to be resolved anew.';
