-- hera_internal.live_status: the status of an installation that shall run: active, or pending_auth while a person has still to
-- authorize it at the provider. A token that was given at installation (auth.token_field) stands for that.
create or replace function hera_internal.live_status(p_organization_id uuid, p_installation_id uuid, p_auth jsonb)
returns text
language sql
stable
as $$
  select case
    when p_auth ->> 'type' <> 'oauth2' then 'active'
    when exists (
      select from hera.secrets s
      where s.organization_id = p_organization_id and s.entity_id = p_installation_id
        and s.name in ('oauth_access_token', p_auth ->> 'token_field')) then 'active'
    else 'pending_auth'
  end;
$$;
comment on function hera_internal.live_status(uuid, uuid, jsonb) is 'active or pending_auth.';
