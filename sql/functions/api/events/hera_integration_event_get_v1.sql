-- hera_integration_event_get_v1: one event with its deliveries.
-- Caller: API, DBA.  Errors: PT403; PT404 not_found.
create or replace function public.hera_integration_event_get_v1(p_actor_user_id uuid, p_organization_id uuid, p_event_id uuid)
returns jsonb
language plpgsql
stable security definer
set search_path = pg_catalog, hera, pg_temp
as $$
declare
  v_event hera.events;
begin
  perform hera_internal.authorize(p_actor_user_id, p_organization_id, 'hera_integration_event_get_v1', 'CALL');
  select * into v_event from hera.events e where e.organization_id = p_organization_id and e.id = p_event_id;
  if not found then
    perform hera_internal.fail(404, 'not_found', 'No such event.', 'hera_integration_event_list_v1 shows the events.');
  end if;
  return jsonb_build_object('success', true, 'event', hera_internal.event_json(v_event) || jsonb_build_object('deliveries_detail',
    (select coalesce(jsonb_agg(hera_internal.delivery_json(d) order by d.id), '[]')
     from hera_internal.deliveries_between(p_organization_id, p_event_id, hera_internal.last_delivery_id(p_event_id), null, null, 1000) d)));
end
$$;
revoke all on function public.hera_integration_event_get_v1(uuid, uuid, uuid) from public;
grant execute on function public.hera_integration_event_get_v1(uuid, uuid, uuid) to hera_api, hera_dba;
comment on function public.hera_integration_event_get_v1(uuid, uuid, uuid) is
$doc$One event with its deliveries. Answers {success, event: {id, event_source, event_type, topic, event_data, …, deliveries_detail: […]}}.
Errors: PT403, PT404 not_found.

select hera_integration_event_get_v1('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000000',
  '0199c1c2-0000-7000-8000-000000000000');$doc$;
