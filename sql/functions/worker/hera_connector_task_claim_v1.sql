-- hera_connector_task_claim_v1: lease what is due at providers and answer the requests to send.
-- Caller: connector task runner.  Writes: connector_tasks, and see hera_internal.task_without_request.
-- Locks: rows of connector_tasks, skipping locked ones, so any number of workers claim side by side.
-- Errors: PT400 task.bad_worker, task.bad_limit, task.bad_lease; PT500 encryption.key_missing, encryption.key_unknown.
--
-- The fence of a task is made anew with each claim: who comes back after the lease, and after another claim, changes nothing.
create or replace function public.hera_connector_task_claim_v1(p_worker text, p_limit int default 10, p_lease_seconds int default 120)
returns table (organization_id uuid, task_id uuid, fence uuid, kind text, request bytea, timeout_ms int)
language plpgsql
volatile security definer
set search_path = pg_catalog, hera, pg_temp
as $$
#variable_conflict use_column
declare
  v_now constant timestamptz := hera_internal.now();
begin
  if coalesce(p_worker, '') = '' or length(p_worker) > 200 then
    perform hera_internal.fail(400, 'task.bad_worker', 'p_worker must have 1 to 200 characters', null);
  elsif p_limit is null or p_limit not between 1 and 100 then
    perform hera_internal.fail(400, 'task.bad_limit', 'p_limit must be from 1 to 100', null);
  elsif p_lease_seconds is null or p_lease_seconds not between 30 and 3600 then
    perform hera_internal.fail(400, 'task.bad_lease', 'p_lease_seconds must be from 30 to 3600', null);
  end if;
  for organization_id, task_id, fence, kind in
    update hera.connector_tasks t
    set fence = gen_random_uuid(), due_at = v_now + p_lease_seconds * interval '1 second'
    from (
      select x.organization_id, x.id
      from hera.connector_tasks x
      where x.due_at <= v_now
      order by x.due_at
      limit p_limit
      for update skip locked) d
    where t.organization_id = d.organization_id and t.id = d.id
    returning t.organization_id, t.id, t.fence, t.kind
  loop
    request := hera_internal.task_request(organization_id, task_id);
    timeout_ms := 20000;
    if request is not null then
      return next;
    end if;
  end loop;
end
$$;
revoke all on function public.hera_connector_task_claim_v1(text, int, int) from public;
grant execute on function public.hera_connector_task_claim_v1(text, int, int) to hera_worker, hera_dba;
comment on function public.hera_connector_task_claim_v1(text, int, int) is
$doc$Leases up to p_limit (1 to 100) due refreshes, polls, health checks and revocations to p_worker for p_lease_seconds (30 to 3600).

Answers rows of organization_id, task_id, fence, kind, request ({method, url, headers, body}, sealed as hera_internal.seal_for_sender tells) and
timeout_ms. Report each to hera_connector_task_finish_v1. A row less than p_limit does not mean that nothing is left: a task that has nothing
to send is settled at once.
Errors: PT400 task.bad_worker, task.bad_limit, task.bad_lease; PT500 encryption.key_missing, encryption.key_unknown.

select task_id, kind from hera_connector_task_claim_v1('psql', 10);$doc$;
