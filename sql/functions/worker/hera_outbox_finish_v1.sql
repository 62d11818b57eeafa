-- hera_outbox_finish_v1: report what became of claimed deliveries, in one call for results of any leases.
-- Caller: outbox poller.  Writes: outbox_leases, and see hera_internal.settle.
-- Locks: the leases, in order of id.  Errors: PT400 outbox.bad_results.
--
-- Only leases that hold calls of providers (hera_connector_action_v1) have the headers and the whole bodies of answers looked at.
-- Arrays are taken apart as hera_outbox_claim_v1 tells.
-- The lease is the fence: a result whose lease is gone (expired and swept, or reported before) changes nothing and counts as lost.
drop function if exists public.hera_outbox_finish_v1(bigint[], uuid[], int[], int[], text[], text[], int[]);
create or replace function public.hera_outbox_finish_v1(
  p_lease_ids bigint[], p_delivery_ids uuid[], p_status_codes int[], p_durations_ms int[],
  p_response_bodies text[], p_errors text[], p_retry_after_s int[], p_response_headers text[] default null)
returns jsonb
language plpgsql
volatile security definer
set search_path = pg_catalog, hera, pg_temp
as $$
declare
  v_total constant int := coalesce(cardinality(p_delivery_ids), 0);
  v_lease_ids bigint[];
  v_held int;
  v_places int[];
  v_batch hera_internal.outbox_batch;
  v_results hera_internal.outbox_results;
  v_has_calls boolean;
  v_headers text[];
  v_accepted jsonb := jsonb '{"delivered": 0, "failed": 0, "dlq": 0}';
begin
  if array[cardinality(p_lease_ids), cardinality(p_status_codes), cardinality(p_durations_ms), cardinality(p_response_bodies),
      cardinality(p_errors), cardinality(p_retry_after_s)] <> array_fill(v_total, array[6]) then
    perform hera_internal.fail(400, 'outbox.bad_results', 'The arrays must have the same length.', null);
  end if;
  if v_total = 0 then
    return v_accepted || '{"lost": 0}';
  end if;
  with held as materialized (
    select l.id, l.organization_ids, l.delivery_ids, l.attempts, l.base_attempts, l.has_calls
    from hera.outbox_leases l
    where l.id = any (p_lease_ids)
    order by l.id
    for update
  ), given as materialized (
    select l.id as lease_id, unnest(l.organization_ids) as organization_id, unnest(l.delivery_ids) as delivery_id,
      unnest(l.attempts) as attempt, unnest(l.base_attempts) as base_attempt
    from held l
  )
  select (select array_agg(l.id) from held l), (select sum(cardinality(l.delivery_ids)) from held l), (select bool_or(l.has_calls) from held l),
    array_agg(x.organization_id), array_agg(x.delivery_id), array_agg(x.attempt), array_agg(x.base_attempt),
    array_agg(x.status_code), array_agg(x.duration_ms), array_agg(x.response_body), array_agg(x.error), array_agg(x.retry_after_s),
    array_agg(x.place)
  into v_lease_ids, v_held, v_has_calls,
    v_batch.organization_ids, v_batch.delivery_ids, v_batch.attempts, v_batch.base_attempts,
    v_results.status_codes, v_results.durations_ms, v_results.response_bodies, v_results.errors, v_results.retry_after_s,
    v_places
  from (
    select distinct on (r.lease_id, r.delivery_id)
      h.organization_id, h.delivery_id, h.attempt, h.base_attempt,
      r.status_code, coalesce(r.duration_ms, 0) as duration_ms, left(r.response_body, 16384) as response_body, r.error, r.retry_after_s,
      r.place
    from (
      select unnest(p_lease_ids) as lease_id, unnest(p_delivery_ids) as delivery_id, unnest(p_status_codes) as status_code,
        unnest(p_durations_ms) as duration_ms, unnest(p_response_bodies) as response_body, unnest(p_errors) as error,
        unnest(p_retry_after_s) as retry_after_s, generate_series(1, v_total) as place) r
    join given h on h.lease_id = r.lease_id and h.delivery_id = r.delivery_id) x;

  if v_batch.delivery_ids is not null then
    -- To look each delivery up in the arrays of the leases takes 2 µs a delivery of a batch of 500.
    if cardinality(v_batch.delivery_ids) = v_held then
      delete from hera.outbox_leases l where l.id = any (v_lease_ids);
    else
      perform hera_internal.leave_leases(v_lease_ids, v_batch.delivery_ids);
    end if;
    if v_has_calls then
      select array_agg(p_response_bodies[b.place] order by b.nth), array_agg(p_response_headers[b.place] order by b.nth)
      into v_results.response_bodies, v_headers
      from unnest(v_places) with ordinality as b (place, nth);
      v_accepted := hera_internal.settle_batch(v_batch, v_results, v_headers, hera_internal.now());
    else
      v_accepted := hera_internal.settle(v_batch, v_results, hera_internal.now());
    end if;
  end if;
  return v_accepted || jsonb_build_object('lost', v_total - coalesce(cardinality(v_batch.delivery_ids), 0));
end
$$;
revoke all on function public.hera_outbox_finish_v1(bigint[], uuid[], int[], int[], text[], text[], int[], text[]) from public;
grant execute on function public.hera_outbox_finish_v1(bigint[], uuid[], int[], int[], text[], text[], int[], text[]) to hera_worker, hera_dba;
comment on function public.hera_outbox_finish_v1(bigint[], uuid[], int[], int[], text[], text[], int[], text[]) is
$doc$Reports results of claimed deliveries: parallel arrays, one element a result.

p_lease_ids, p_delivery_ids: as claimed. p_status_codes: HTTP status, null where no answer came. p_durations_ms: of the attempt.
p_response_bodies: the start of the answer, at most 16 KiB are kept. p_errors: null or a machine code (timeout, connect_failed, dns_failed,
tls_failed, reset, blocked_address, bad_request, response_too_slow). p_retry_after_s: seconds of a Retry-After header, or null.
p_response_headers: of the answer to a call of a provider, the JSON {lower-case name: value}; null for all else.
Answers {delivered, failed, dlq, lost}; lost results changed nothing, since their lease was over.
Errors: PT400 outbox.bad_results.

select hera_outbox_finish_v1('{1}', '{0199c1c2-0000-7000-8000-000000000100}', '{200}', '{12}', '{ok}', '{null}', '{null}');$doc$;
