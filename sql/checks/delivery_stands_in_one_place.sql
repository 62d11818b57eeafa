-- as hera_view
-- Each delivery stands in exactly one place of the outbox.
with place as (
  select delivery_id, 'outbox_ready' as place from hera.outbox_ready
  union all
  select delivery_id, 'outbox_scheduled' from hera.outbox_scheduled
  union all
  select delivery_id, 'outbox_fifo_wait' from hera.outbox_fifo_wait
  union all
  select unnest(delivery_ids), 'outbox_leases' from hera.outbox_leases
  union all
  select delivery_id, 'dead_letters' from hera.dead_letters
)
select delivery_id, string_agg(place, ', ' order by place) as places
from place
group by delivery_id
having count(*) > 1;
