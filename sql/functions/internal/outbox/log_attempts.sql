-- hera_internal.log_attempts: one row an attempt. started_at is reckoned back from the report, on the database's clock.
create or replace function hera_internal.log_attempts(
  p_batch hera_internal.outbox_batch, p_results hera_internal.outbox_results, p_now timestamptz)
returns void
language plpgsql
volatile
as $$
begin
  insert into hera.attempts (started_at, organization_id, delivery_id, duration_ms, status_code, attempt, error, response_body)
  select p_now - r.duration_ms * interval '1 ms', r.organization_id, r.delivery_id, r.duration_ms, r.status_code, r.attempt,
    r.error, nullif(r.response_body, '')
  from (
    select unnest(p_batch.organization_ids) as organization_id, unnest(p_batch.delivery_ids) as delivery_id, unnest(p_batch.attempts) as attempt,
      unnest(p_results.status_codes) as status_code, unnest(p_results.durations_ms) as duration_ms, unnest(p_results.errors) as error,
      unnest(p_results.response_bodies) as response_body) r;
end
$$;
grant execute on function hera_internal.log_attempts(hera_internal.outbox_batch, hera_internal.outbox_results, timestamptz) to hera_worker_owner;
comment on function hera_internal.log_attempts(hera_internal.outbox_batch, hera_internal.outbox_results, timestamptz) is 'Writes the attempt log.';
