-- hera_internal.allowed_networks: the networks that the platform's settings allow in spite of blocked_networks.
create or replace function hera_internal.allowed_networks()
returns cidr[]
language sql
stable
as $$
  select coalesce(array_agg(n::cidr), '{}')
  from jsonb_array_elements_text(coalesce(hera_internal.platform_settings() #> '{webhook,allowed_networks}', '[]')) n;
$$;
grant execute on function hera_internal.allowed_networks() to hera_worker_owner;
comment on function hera_internal.allowed_networks() is 'Networks that the platform allows for webhooks.';
