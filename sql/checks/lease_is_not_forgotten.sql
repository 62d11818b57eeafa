-- as hera_view
-- No lease has been over for more than ten minutes: a worker sweeps them.
select id, worker, leased_until, cardinality(delivery_ids) as deliveries
from hera.outbox_leases
where leased_until < clock_timestamp() - interval '10 minutes';
