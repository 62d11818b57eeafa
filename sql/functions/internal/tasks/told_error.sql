-- hera_internal.told_error: an error of a provider (hera_internal.provider_error) as a sentence for people, secrets masked.
create or replace function hera_internal.told_error(p_organization_id uuid, p_installation_id uuid, p_what text, p_error jsonb)
returns text
language sql
stable
as $$
  select hera_internal.without_secrets(p_organization_id, p_installation_id,
    format('%s failed: %s%s', p_what, p_error ->> 'code', ' (' || nullif(p_error ->> 'message', '') || ')'));
$$;
comment on function hera_internal.told_error(uuid, uuid, text, jsonb) is 'An error of a provider as a sentence.';
