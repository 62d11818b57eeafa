-- hera_outbox_get_pending_v1: the next deliveries in line. Only reads; hera_outbox_claim_v1 leases.
create or replace function public.hera_outbox_get_pending_v1(p_limit int default 100)
returns jsonb
language plpgsql
stable security definer
set search_path = pg_catalog, hera, pg_temp
as $$
begin
  if p_limit is null or p_limit not between 1 and 1000 then
    perform hera_internal.fail(400, 'outbox.bad_limit', 'p_limit must be from 1 to 1000', null);
  end if;
  return (
    select coalesce(jsonb_agg(jsonb_build_object(
        'id', r.delivery_id, 'event_id', e.id, 'organization_id', r.organization_id, 'webhook_id', w.id, 'status', 'pending',
        'attempts', r.attempt - 1, 'topic', e.event_source || '.' || e.event_type, 'smart_code', e.smart_code,
        'created_at', e.created_at) order by r.position), '[]')
    from (select * from hera.outbox_ready order by position limit p_limit) r
    join hera.webhooks w
      on w.organization_id = r.organization_id and w.webhook_no = hera_internal.delivery_webhook_no(r.delivery_id)
    join hera.events e on e.organization_id = r.organization_id and e.id = hera_internal.delivery_event_id(r.delivery_id));
end
$$;
revoke all on function public.hera_outbox_get_pending_v1(int) from public;
grant execute on function public.hera_outbox_get_pending_v1(int) to hera_worker, hera_dba;
comment on function public.hera_outbox_get_pending_v1(int) is
$doc$Shows the next p_limit (1 to 1000) deliveries to be sent, in order:
[{id, event_id, organization_id, webhook_id, status, attempts, topic, smart_code, created_at}]. Changes nothing.
Errors: PT400 outbox.bad_limit.

select hera_outbox_get_pending_v1(10);$doc$;
