-- hera_internal.inbound_secrets: {name: [values that are valid now]} of an installation's secrets among p_names. The tenant must be its
-- organization.  Errors: PT500 encryption.key_missing, encryption.key_unknown.
create or replace function hera_internal.inbound_secrets(p_organization_id uuid, p_installation_id uuid, p_names text[])
returns jsonb
language sql
stable
as $$
  select coalesce(jsonb_object_agg(x.name, x.opened), '{}')
  from (
    select s.name, jsonb_agg(hera_internal.unseal(s.sealed) order by s.version desc) as opened
    from hera.secrets s
    where s.organization_id = p_organization_id and s.entity_id = p_installation_id and s.name = any (p_names)
      and (s.expires_at is null or s.expires_at > hera_internal.now())
    group by s.name) x;
$$;
comment on function hera_internal.inbound_secrets(uuid, uuid, text[]) is 'Secrets of an installation, opened.';
