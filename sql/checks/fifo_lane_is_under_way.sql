-- as hera_view
-- The delivery that holds a fifo lane is ready, in flight or scheduled.
select l.organization_id, l.webhook_no, l.delivery_id
from hera.outbox_fifo_lane l
where not exists (select from hera.outbox_ready r where r.delivery_id = l.delivery_id)
  and not exists (select from hera.outbox_scheduled s where s.delivery_id = l.delivery_id)
  and not exists (select from hera.outbox_leases x where l.delivery_id = any (x.delivery_ids));
