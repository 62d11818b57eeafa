-- hera_internal.webhook_credentials: what signs a webhook's requests, and its custom headers: JSON {secrets, headers}, sealed for the sender.
--   secrets   every valid secret as it is shown, newest first
--   headers   an object
-- p_keys: the session's keys (hera_internal.encryption_keys), which a claim reads once for all its webhooks.
-- Errors: PT500 encryption.key_missing, encryption.key_unknown.
drop function if exists hera_internal.webhook_credentials(uuid, uuid, timestamptz);
create or replace function hera_internal.webhook_credentials(
  p_organization_id uuid, p_webhook_id uuid, p_now timestamptz, p_keys text[] default hera_internal.encryption_keys())
returns bytea
language plpgsql
volatile
as $$
declare
  v_secret record;
  v_secrets text[] := '{}';
  v_headers jsonb := '{}';
begin
  for v_secret in
    select s.name, hera_internal.unseal(s.sealed, p_keys) as secret
    from hera.secrets s
    where s.organization_id = p_organization_id and s.entity_id = p_webhook_id
      and (s.expires_at is null or s.expires_at > p_now)
    order by s.version desc
  loop
    if v_secret.name = 'headers' then
      v_headers := v_secret.secret;
    else
      v_secrets := v_secrets || v_secret.secret;
    end if;
  end loop;
  return hera_internal.seal_for_sender(jsonb_build_object('secrets', v_secrets, 'headers', v_headers)::text, p_keys);
end
$$;
grant execute on function hera_internal.webhook_credentials(uuid, uuid, timestamptz, text[]) to hera_worker_owner;
comment on function hera_internal.webhook_credentials(uuid, uuid, timestamptz, text[]) is 'The secrets and headers of a webhook, sealed for the sender.';
