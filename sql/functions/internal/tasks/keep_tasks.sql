-- hera_internal.keep_tasks: bring the tasks of an installation in step with its status and its definition. To be called after each change of
-- either. What is there already stays as it is (a poll its cursor), but for the time of a refresh that nobody is at.
--   refresh       while there is a token with an end, also when paused: a token that has ended may be lost
--   poll, health  while the installation runs
--   revoke        is not touched
create or replace function hera_internal.keep_tasks(p_organization_id uuid, p_installation_id uuid)
returns void
language plpgsql
volatile
as $$
declare
  v_now constant timestamptz := hera_internal.now();
  v_config constant jsonb := hera_internal.installed_definition(p_organization_id, p_installation_id);
  v_status text;
  v_kinds text[];
  v_codes text[];
  v_dues timestamptz[];
begin
  select e.status into v_status from hera.core_entities e where e.organization_id = p_organization_id and e.id = p_installation_id;
  select array_agg(w.kind), array_agg(w.code), array_agg(w.due_at) into v_kinds, v_codes, v_dues
  from (
    select 'refresh', '', (hera_internal.token_state(p_organization_id, p_installation_id, v_config -> 'auth')).refresh_at
    where v_status in ('active', 'error', 'paused')
    union all
    select 'poll', p.value ->> 'code', hera_internal.poll_due(p.value, v_now)
    from jsonb_array_elements(v_config -> 'polls') p where v_status in ('active', 'error')
    union all
    select 'health', '', hera_internal.poll_due(v_config -> 'health', v_now) where v_config ? 'health' and v_status in ('active', 'error')
    ) w (kind, code, due_at)
  where w.due_at is not null;

  delete from hera.connector_tasks t
  where t.organization_id = p_organization_id and t.installation_id = p_installation_id and t.kind <> 'revoke'
    and not exists (select from unnest(v_kinds, v_codes) w (kind, code) where w.kind = t.kind and w.code = t.code);
  insert into hera.connector_tasks as t (organization_id, id, installation_id, kind, code, due_at)
  select p_organization_id, gen_random_uuid(), p_installation_id, w.kind, w.code, w.due_at
  from unnest(v_kinds, v_codes, v_dues) w (kind, code, due_at)
  on conflict (organization_id, installation_id, kind, code) do update set due_at = excluded.due_at
  where t.kind = 'refresh' and t.fence is null and t.tries = 0;
end
$$;
comment on function hera_internal.keep_tasks(uuid, uuid) is 'Brings the tasks of an installation in step.';
