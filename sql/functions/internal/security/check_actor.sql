-- hera_internal.check_actor: refuse an actor that this login may not act as.
-- Errors: PT401 identity_not_resolved, 42501 for another's actor.
create or replace function hera_internal.check_actor(p_actor_user_id uuid)
returns void
language plpgsql
as $$
begin
  if p_actor_user_id is null then
    perform hera_internal.fail(401, 'identity_not_resolved', 'p_actor_user_id is missing',
      'Pass the user_entity_id that hera_identity_resolve_v1 answers.');
  end if;
  if not hera_internal.acts_for_any()
    and not exists (
      select from hera.login_principals p where p.login = session_user and p.user_entity_id = p_actor_user_id) then
    raise exception using
      errcode = '42501',
      message = 'this login may not act as the given actor',
      detail = 'permission_denied',
      hint = 'Pass the actor that hera.login_principals assigns to the login, or ask an administrator to assign one.';
  end if;
end
$$;
comment on function hera_internal.check_actor(uuid) is 'Raises unless session_user may act as the actor.';
