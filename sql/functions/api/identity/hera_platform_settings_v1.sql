-- hera_platform_settings_v1: the host writes what its environment says of webhooks, its own and providers', into the platform's settings, at each start.
-- Caller: API's and worker's login, DBA.  Writes: core_organizations of the platform.  Errors: PT400 settings.invalid.
create or replace function public.hera_platform_settings_v1(p_webhook jsonb)
returns jsonb
language plpgsql
volatile security definer
set search_path = pg_catalog, hera, pg_temp
as $$
declare
  v_settings jsonb;
begin
  perform hera_internal.check_webhook_settings(p_webhook);
  perform hera_internal.set_tenant(hera_internal.platform_id());
  update hera.core_organizations o
  set settings = (o.settings - 'webhook') || case
      when w.merged = '{}' then '{}'
      else jsonb_build_object('webhook', w.merged) end,
    updated_at = hera_internal.now()
  from (
    select jsonb_strip_nulls(coalesce(p.settings -> 'webhook', '{}') || p_webhook) as merged
    from hera.core_organizations p
    where p.id = hera_internal.platform_id()
    for update) w
  where o.id = hera_internal.platform_id()
  returning o.settings into v_settings;
  return v_settings;
end
$$;
revoke all on function public.hera_platform_settings_v1(jsonb) from public;
grant execute on function public.hera_platform_settings_v1(jsonb) to hera_api, hera_worker, hera_dba;
comment on function public.hera_platform_settings_v1(jsonb) is
$doc$Merges the webhook settings of the host's environment into the platform's settings; a null takes a key out.

p_webhook: {allow_http: boolean or null, allowed_networks: [CIDR, …] or null, signature_required: boolean or null (false: providers'
callbacks need no signature), public_url: the origin at which providers and browsers reach the host, or null}.
Answers the platform's settings. Errors: PT400 settings.invalid.

select hera_platform_settings_v1('{"allow_http": null, "allowed_networks": ["10.1.0.0/16"]}');$doc$;
