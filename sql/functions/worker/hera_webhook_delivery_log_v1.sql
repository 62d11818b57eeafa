-- hera_webhook_delivery_log_v1: log an attempt that was made outside the poller.
-- Writes: attempts.  Errors: PT400 outbox.bad_attempts, outbox.bad_status; PT404 not_found.
create or replace function public.hera_webhook_delivery_log_v1(
  p_event_id uuid, p_webhook_id uuid, p_organization_id uuid, p_status_code int, p_response_body text, p_attempt_number int,
  p_delivery_duration_ms int default 0)
returns boolean
language plpgsql
volatile security definer
set search_path = pg_catalog, hera, pg_temp
as $$
declare
  v_delivery_id uuid;
begin
  if p_attempt_number is null or p_attempt_number not between 1 and 250 then
    perform hera_internal.fail(400, 'outbox.bad_attempts', 'p_attempt_number must be from 1 to 250', null);
  elsif p_status_code not between 100 and 599 then
    perform hera_internal.fail(400, 'outbox.bad_status', 'p_status_code must be an HTTP status from 100 to 599, or null', null);
  end if;
  select hera_internal.delivery_id(e.id, w.webhook_no) into v_delivery_id
  from hera.webhooks w
  join hera.events e on e.organization_id = w.organization_id and e.id = p_event_id
  where w.organization_id = p_organization_id and w.id = p_webhook_id and w.kind = 'webhook';
  if v_delivery_id is null then
    perform hera_internal.fail(404, 'not_found', 'No such event and webhook in the organization.', null);
  end if;
  perform hera_internal.log_attempts(
    row(array[p_organization_id], array[v_delivery_id], array[p_attempt_number::smallint], array[0::smallint])::hera_internal.outbox_batch,
    row(array[p_status_code], array[least(3600000, greatest(0, coalesce(p_delivery_duration_ms, 0)))], array[left(p_response_body, 16384)],
      array[case when p_status_code is null then 'no_answer' end], array[null::int])::hera_internal.outbox_results,
    hera_internal.now());
  return true;
end
$$;
revoke all on function public.hera_webhook_delivery_log_v1(uuid, uuid, uuid, int, text, int, int) from public;
grant execute on function public.hera_webhook_delivery_log_v1(uuid, uuid, uuid, int, text, int, int) to hera_worker, hera_dba;
comment on function public.hera_webhook_delivery_log_v1(uuid, uuid, uuid, int, text, int, int) is
$doc$Logs one attempt: p_status_code null where no answer came, p_response_body its start (16 KiB are kept), p_attempt_number 1 to 250,
p_delivery_duration_ms milliseconds, an hour at most. Answers true. The poller logs by itself; this is for deliveries made by other means.
Errors: PT400 outbox.bad_attempts or outbox.bad_status, PT404 not_found.

select hera_webhook_delivery_log_v1('0199c1c2-0000-7000-8000-000000000000', '0199c1c0-0000-7000-8000-000000000000',
  '00000000-0000-0000-0000-000000000000', 200, 'ok', 1, 35);$doc$;
