-- hera_internal.endpoint_of: the INTEGRATION_ENDPOINT entity of a URL, made where it is new. Webhooks to one URL share it.
create or replace function hera_internal.endpoint_of(p_actor_user_id uuid, p_organization_id uuid, p_url text)
returns uuid
language plpgsql
as $$
declare
  v_id uuid;
  v_code text := 'END-' || encode(substring(sha256(convert_to(p_url, 'UTF8')) for 12), 'hex');
begin
  insert into hera.core_entities as e (
    id, organization_id, entity_type, entity_name, entity_code, smart_code, created_by, updated_by)
  values (hera_internal.new_id(hera_internal.now()), p_organization_id, 'INTEGRATION_ENDPOINT', left(p_url, 200), v_code,
    'HERA.INTEGRATION.WEBHOOK.ENDPOINT.v1', p_actor_user_id, p_actor_user_id)
  on conflict do nothing
  returning e.id into v_id;
  if v_id is null then
    select e.id into v_id
    from hera.core_entities e
    where e.organization_id = p_organization_id and e.entity_type = 'INTEGRATION_ENDPOINT' and e.entity_code = v_code;
  end if;
  return v_id;
end
$$;
comment on function hera_internal.endpoint_of(uuid, uuid, text) is 'Finds or makes the endpoint of a URL.';
