-- hera_outbox_settings_v1: where the sender may connect to. The one truth is here; the sender applies it to each address it resolves.
create or replace function public.hera_outbox_settings_v1()
returns jsonb
language plpgsql
stable security definer
set search_path = pg_catalog, hera, pg_temp
as $$
begin
  return jsonb_build_object(
    'allow_http', coalesce((hera_internal.platform_settings() #>> '{webhook,allow_http}')::boolean, false),
    'blocked_networks', to_jsonb(hera_internal.blocked_networks()),
    'allowed_networks', to_jsonb(hera_internal.allowed_networks()));
end
$$;
revoke all on function public.hera_outbox_settings_v1() from public;
grant execute on function public.hera_outbox_settings_v1() to hera_worker, hera_dba;
comment on function public.hera_outbox_settings_v1() is
$doc$Answers {allow_http, blocked_networks: [CIDR…], allowed_networks: [CIDR…]}: an address is refused that lies in a blocked network and in no
allowed one.

select hera_outbox_settings_v1();$doc$;
