-- as hera_view
-- Each delivery that is still to be sent, or could be replayed, has its event and its webhook.
with waiting as (
  select organization_id, delivery_id from hera.outbox_ready
  union all
  select organization_id, delivery_id from hera.outbox_scheduled
  union all
  select organization_id, delivery_id from hera.outbox_fifo_wait
  union all
  select unnest(organization_ids), unnest(delivery_ids) from hera.outbox_leases
  union all
  select organization_id, delivery_id from hera.dead_letters
)
select d.organization_id, d.delivery_id
from waiting d
left join hera.events e on e.organization_id = d.organization_id and e.id = hera_internal.delivery_event_id(d.delivery_id)
left join hera.webhooks w
  on w.organization_id = d.organization_id and w.webhook_no = hera_internal.delivery_webhook_no(d.delivery_id)
where e.id is null or w.id is null;
