-- Events, deliveries and attempts of a past that ends now, set-based. Settings: load.events, load.hours, load.organizations.
-- Two webhooks an organization; of a hundred deliveries 94 arrive at once, 3 at the second attempt, 1 is given up after five,
-- and of the newest ones 1 waits for a retry and 1 is ready.
do $$
declare
  v_hours constant int := current_setting('load.hours')::int;
  v_today constant date := (hera_internal.now() at time zone 'UTC')::date;
  v_organization uuid;
begin
  perform hera_internal.ensure_partitions(v_today - v_hours / 24 - 1, v_hours / 24 + 15);
  create table load_organization (nth int primary key, organization_id uuid not null);
  for i in 0 .. current_setting('load.organizations')::int - 1
  loop
    v_organization := public.hera_organization_v1('00000000-0000-0000-0000-000000000001', 'CREATE',
      jsonb_build_object('name', 'Load ' || i, 'code', 'LOAD-' || i)) #>> '{organization,id}';
    insert into load_organization values (i, v_organization);
    for j in 1 .. 2
    loop
      perform public.hera_webhook_config_v1('00000000-0000-0000-0000-000000000001', v_organization, 'CREATE',
        jsonb_build_object('url', 'https://example.com/' || i || '/' || j));
    end loop;
  end loop;
end
$$;

create table load_event as
select e.nth, o.organization_id, e.at, hera_internal.new_id(e.at) as id,
  (array['shop', 'hubspot-crm', 'whatsapp-business-cloud', 'linkedin-api'])[1 + (abs(hashint4(e.nth)) / 200) % 4] as source,
  1 + (abs(hashint4(e.nth)) / 100) % 2 as webhook_no, (10 + 40 * -ln(1 - random()))::int as wait_ms, (3 + 60 * -ln(1 - random()))::int as duration_ms,
  case
    when e.nth > 0.99 * current_setting('load.events')::int then 'ready'
    when e.nth > 0.98 * current_setting('load.events')::int then 'scheduled'
    when abs(hashint4(e.nth)) % 100 < 3 then 'second'
    when abs(hashint4(e.nth)) % 100 = 3 then 'dead'
    else 'first'
  end as outcome
from (
  select n as nth, hera_internal.now() - interval '2 minutes'
    - current_setting('load.hours')::int * interval '1 hour' * (1 - n / current_setting('load.events')::float8) as at
  from generate_series(1, current_setting('load.events')::int) n) e
-- A quarter of the events belongs to the first tenth of the organizations.
join load_organization o on o.nth = case when e.nth % 4 = 0 then e.nth / 4 % (1 + current_setting('load.organizations')::int / 10)
  else e.nth % current_setting('load.organizations')::int end;

insert into hera.events (organization_id, id, created_at, created_by, deliveries, status, event_source, event_type, smart_code, event_data)
select e.organization_id, e.id, e.at, '00000000-0000-0000-0000-000000000001', 1, case when e.nth % 500 = 0 then 'failed' else 'processed' end,
  e.source, 'order.paid', 'HERA.SHOP.ORDER.PAID.v1',
  jsonb_build_object('order', e.nth, 'currency', 'EUR', 'customer', jsonb_build_object('name', 'Ada Example', 'city', 'Hamburg'),
    'note', repeat('x', 300))
from load_event e;

insert into hera.attempts (started_at, organization_id, delivery_id, duration_ms, status_code, attempt, error, response_body)
select e.at + e.wait_ms * interval '1 ms' + (a.n - 1) * interval '6 seconds', e.organization_id,
  hera_internal.delivery_id(e.id, e.webhook_no), e.duration_ms,
  case when e.outcome = 'dead' then null when a.n = case e.outcome when 'second' then 2 when 'first' then 1 end then 200 else 503 end,
  a.n, case when e.outcome = 'dead' then 'timeout' end, case when e.outcome <> 'dead' then 'ok' end
from load_event e
cross join lateral generate_series(1, case e.outcome when 'ready' then 0 when 'second' then 2 when 'dead' then 5 else 1 end) a (n);

insert into hera.dead_letters (organization_id, delivery_id, status, reason, attempts, last_status_code, last_error, created_at)
select e.organization_id, hera_internal.delivery_id(e.id, e.webhook_no), 'dlq', 'attempts_exhausted', 5, null, 'timeout', e.at + interval '30 seconds'
from load_event e where e.outcome = 'dead';

insert into hera.outbox_scheduled (organization_id, delivery_id, attempt, base_attempt, due_at)
select e.organization_id, hera_internal.delivery_id(e.id, e.webhook_no), 2, 0, hera_internal.now() + e.nth % 1000 * interval '1 second'
from load_event e where e.outcome = 'scheduled';

insert into hera.outbox_ready (organization_id, delivery_id, attempt, base_attempt)
select e.organization_id, hera_internal.delivery_id(e.id, e.webhook_no), 1, 0
from load_event e where e.outcome = 'ready' order by e.nth;

drop table load_event, load_organization;
