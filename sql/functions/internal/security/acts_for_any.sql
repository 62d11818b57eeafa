-- hera_internal.acts_for_any: may this login name any actor?
-- session_user decides, since a setting or SET ROLE can be had by anybody: the API's login (which has authenticated
-- the actor), people of hera_dba, the owner and superusers may; any other login acts as its own principal.
create or replace function hera_internal.acts_for_any()
returns boolean
language sql
stable
return session_user = 'hera_api'
  or pg_has_role(session_user, 'hera_api', 'member')
  or pg_has_role(session_user, 'hera_dba', 'member');
comment on function hera_internal.acts_for_any() is 'True for the API, administrators and superusers.';
