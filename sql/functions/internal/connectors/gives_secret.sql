-- hera_internal.gives_secret: does a change of an installation's configuration give a secret anew?
create or replace function hera_internal.gives_secret(p_fields jsonb, p_change jsonb)
returns boolean
language sql
immutable
as $$
  select exists (
    select from jsonb_each_text(p_change) c
    where p_fields @> jsonb_build_array(jsonb_build_object('name', c.key, 'secret', true)) and c.value is not null and c.value not like '••••%');
$$;
comment on function hera_internal.gives_secret(jsonb, jsonb) is 'Whether a change gives a secret.';
