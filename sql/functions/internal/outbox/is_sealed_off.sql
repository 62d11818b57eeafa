-- hera_internal.is_sealed_off: was a valid secret of the webhook sealed with a key that is not among p_known (hera_internal.known_keys)?
drop function if exists hera_internal.is_sealed_off(uuid, uuid, timestamptz);
create or replace function hera_internal.is_sealed_off(p_organization_id uuid, p_webhook_id uuid, p_now timestamptz, p_known bytea[])
returns boolean
language plpgsql
stable
as $$
begin
  return exists (
    select from hera.secrets s
    where s.organization_id = p_organization_id and s.entity_id = p_webhook_id
      and (s.expires_at is null or s.expires_at > p_now) and hera_internal.sealed_with(s.sealed) <> all (p_known));
end
$$;
grant execute on function hera_internal.is_sealed_off(uuid, uuid, timestamptz, bytea[]) to hera_worker_owner;
comment on function hera_internal.is_sealed_off(uuid, uuid, timestamptz, bytea[]) is 'True where a secret of the webhook can''t be opened here.';
