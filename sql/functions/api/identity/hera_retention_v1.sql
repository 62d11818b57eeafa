-- hera_retention_v1: how long what is kept, and who says so.
-- Caller: API, DBA.  Writes: nothing; hera_organization_v1 changes settings.retention.  Errors: PT401; PT403
create or replace function public.hera_retention_v1(p_actor_user_id uuid, p_organization_id uuid)
returns jsonb
language plpgsql
volatile security definer
set search_path = pg_catalog, hera, pg_temp
as $$
declare
  v_platform constant uuid := hera_internal.platform_id();
  v_role text := hera_internal.authorize(p_actor_user_id, p_organization_id, 'hera_retention_v1', 'CALL');
  v_settings constant jsonb := hera_internal.platform_settings() -> 'retention';
  v_answer jsonb;
begin
  select jsonb_build_object('success', true, 'retention', jsonb_agg(jsonb_build_object(
      'kind', d.kind, 'days', p.days, 'default_days', d.days, 'said_by', case
        when o.settings #> array['retention', d.kind] is not null and o.id <> v_platform then 'organization'
        when v_settings -> d.kind is not null then 'platform'
        else 'default' end) order by d.kind))
  into v_answer
  from hera_internal.retention_policies() p
  join hera_internal.retention_defaults() d on d.kind = p.kind
  join hera.core_organizations o on o.id = p.organization_id
  where p.organization_id = p_organization_id;
  if p_organization_id = v_platform and v_role = 'platform_admin' then
    v_answer := v_answer || jsonb_build_object('organizations', (
      select coalesce(jsonb_agg(jsonb_build_object('organization_id', o.id, 'organization_name', o.organization_name, 'retention', o.settings -> 'retention')
        order by o.organization_name, o.id), '[]')
      from hera.core_organizations o
      where o.id <> v_platform and o.settings -> 'retention' <> '{}'));
  end if;
  perform hera_internal.set_tenant(p_organization_id);
  return v_answer;
end
$$;
revoke all on function public.hera_retention_v1(uuid, uuid) from public;
grant execute on function public.hera_retention_v1(uuid, uuid) to hera_api, hera_dba;
comment on function public.hera_retention_v1(uuid, uuid) is
$doc$What an organization keeps how long. UPDATE of hera_organization_v1 changes it by settings.retention, which replaces all of it: {kind: days or
"forever"}; a kind that is left out follows the platform's settings, then the default.

Answers {success, retention: [{kind (attempts, audit, dead_letters, events, idempotency_keys, inbound_requests, replay_jobs), days (null: for
ever), default_days, said_by (organization, platform, default)}]}; for a platform admin who passes the platform's id also organizations:
[{organization_id, organization_name, retention}], those that say something of their own.
Errors: PT401, PT403.

select hera_retention_v1('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000000');$doc$;
