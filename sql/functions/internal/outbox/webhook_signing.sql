-- hera_internal.webhook_signing: what signs a webhook's requests, and its custom headers.
--   hera_key  the newest secret as it is shown, for X-HERA-SIGNATURE
--   keys      every valid secret's key, newest first, for webhook-signature
--   headers   name, value, name, value, …
create or replace function hera_internal.webhook_signing(
  p_organization_id uuid, p_webhook_id uuid, p_now timestamptz, out hera_key bytea, out keys bytea[], out headers text[])
language plpgsql
stable
as $$
declare
  v_secret record;
begin
  keys := '{}';
  headers := '{}';
  for v_secret in
    select s.name, hera_internal.unseal(s.sealed) as secret
    from hera.secrets s
    where s.organization_id = p_organization_id and s.entity_id = p_webhook_id
      and (s.expires_at is null or s.expires_at > p_now)
    order by s.version desc
  loop
    if v_secret.name = 'headers' then
      select array_agg(x.part order by h.ordinality, x.nth) into headers
      from jsonb_each_text(v_secret.secret::jsonb) with ordinality h
      cross join lateral (values (1, h.key), (2, h.value)) x (nth, part);
    else
      hera_key := coalesce(hera_key, convert_to(v_secret.secret, 'UTF8'));
      keys := keys || case when v_secret.secret like 'whsec\_%' then decode(substring(v_secret.secret from 7), 'base64')
        else convert_to(v_secret.secret, 'UTF8') end;
    end if;
  end loop;
  headers := coalesce(headers, '{}');
end
$$;
grant execute on function hera_internal.webhook_signing(uuid, uuid, timestamptz) to hera_worker_owner;
comment on function hera_internal.webhook_signing(uuid, uuid, timestamptz) is 'Opens the secrets of a webhook.';
