-- as hera_view
-- Partitions of events, attempts and inbound requests exist for the next three days, and nothing had to fall into a default partition.
select p.parent || '_' || to_char(d, 'YYYYMMDD') as missing
from (values ('events'), ('attempts'), ('inbound_requests')) p (parent)
cross join generate_series((clock_timestamp() at time zone 'UTC')::date, (clock_timestamp() at time zone 'UTC')::date + 3, interval '1 day') d
where to_regclass('hera.' || p.parent || '_' || to_char(d, 'YYYYMMDD')) is null
union all
select 'events_default holds rows' where exists (select from hera.events_default)
union all
select 'attempts_default holds rows' where exists (select from hera.attempts_default)
union all
select 'inbound_requests_default holds rows' where exists (select from hera.inbound_requests_default);
