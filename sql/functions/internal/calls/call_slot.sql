-- hera_internal.call_slot: when a call may be sent by the rate limits that have a key (a jsonpath over the input): the next free slot of the
-- key is taken. Null: at once.
-- Locks: the slot of each key, so that two calls at once do not take the same.
create or replace function hera_internal.call_slot(
  p_organization_id uuid, p_installation_id uuid, p_config jsonb, p_action text, p_input jsonb, p_now timestamptz)
returns timestamptz
language plpgsql
as $$
declare
  v_limit jsonb;
  v_key text;
  v_step interval;
  v_free_at timestamptz;
  v_due timestamptz;
begin
  -- What is over goes, a few at a time.
  delete from hera.call_slots s
  where s.ctid = any (array(
    select x.ctid from hera.call_slots x
    where x.organization_id = p_organization_id and x.installation_id = p_installation_id and x.free_at < p_now - interval '1 hour'
    limit 10 for update skip locked));
  for v_limit in
    select r.value from jsonb_array_elements(p_config -> 'rate_limits') r
    where r.value ? 'key' and (not r.value ? 'actions' or r.value -> 'actions' ? p_action)
  loop
    v_key := jsonb_path_query_first(p_input, (v_limit ->> 'key')::jsonpath, '{}', true) #>> '{}';
    continue when v_key is null;
    v_step := (v_limit ->> 'window_s')::float8 / greatest(1, (v_limit ->> 'limit')::float8) * interval '1 second';
    insert into hera.call_slots as s (organization_id, installation_id, slot_key, free_at)
    values (p_organization_id, p_installation_id, (v_limit ->> 'scope') || ':' || encode(sha256(convert_to(v_key, 'UTF8')), 'hex'), p_now + v_step)
    on conflict (organization_id, installation_id, slot_key) do update set free_at = greatest(s.free_at, p_now) + v_step
    returning s.free_at into v_free_at;
    v_due := greatest(v_due, v_free_at - v_step);
  end loop;
  return case when v_due > p_now then v_due end;
end
$$;
comment on function hera_internal.call_slot(uuid, uuid, jsonb, text, jsonb, timestamptz) is 'When a call may be sent by the limits of its key.';
