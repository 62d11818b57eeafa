-- hera_internal.installation_secret: a secret of an installation in clear, its newest valid version; null where there is none.
-- Never to be answered, logged or stored: only what is sealed for the sender may hold it.
-- Errors: PT500 encryption.key_missing, encryption.key_unknown.
create or replace function hera_internal.installation_secret(p_organization_id uuid, p_installation_id uuid, p_name text)
returns text
language sql
stable
as $$
  select hera_internal.unseal(s.sealed)
  from hera.secrets s
  where s.organization_id = p_organization_id and s.entity_id = p_installation_id and s.name = p_name
    and (s.expires_at is null or s.expires_at > hera_internal.now())
  order by s.version desc
  limit 1;
$$;
comment on function hera_internal.installation_secret(uuid, uuid, text) is 'A secret of an installation, in clear.';
