-- hera_internal.token_state: what is known of an installation's authorization, and when it is to be renewed.
--   given_at       when the access token was stored; null where there is none
--   expires_at     null where the token has no end
--   can_refresh    whether the provider would renew it without a person
--   refresh_at     before_s before the end, but not in the first half of the token's life; at its end where nothing can be renewed
create or replace function hera_internal.token_state(
  p_organization_id uuid, p_installation_id uuid, p_auth jsonb,
  out given_at timestamptz, out expires_at timestamptz, out can_refresh boolean, out refresh_at timestamptz)
language plpgsql
volatile
as $$
declare
  v_strategy constant text := p_auth #>> '{refresh,strategy}';
begin
  select s.created_at into given_at
  from hera.secrets s
  where s.organization_id = p_organization_id and s.entity_id = p_installation_id and s.name = 'oauth_access_token'
  order by s.version desc
  limit 1;
  if not found then
    can_refresh := false;
    return;
  end if;
  select d.field_value_date into expires_at
  from hera.core_dynamic_data d
  where d.organization_id = p_organization_id and d.entity_id = p_installation_id and d.field_name = 'token_expires_at';
  can_refresh := case v_strategy
    when 'refresh_token' then exists (
      select from hera.secrets s
      where s.organization_id = p_organization_id and s.entity_id = p_installation_id and s.name = 'oauth_refresh_token')
    -- What is over can't be exchanged any more.
    when 'exchange' then coalesce(expires_at > hera_internal.now(), true)
    else false end;
  refresh_at := case
    when can_refresh then greatest(given_at + (expires_at - given_at) / 2,
      expires_at - coalesce((p_auth #>> '{refresh,before_s}')::int, 300) * interval '1 second')
    else expires_at end;
end
$$;
comment on function hera_internal.token_state(uuid, uuid, jsonb) is 'When an authorization ends, and whether it can be renewed.';
