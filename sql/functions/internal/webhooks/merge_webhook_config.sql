-- hera_internal.merge_webhook_config: a configuration with a change merged in: retry_policy key by key, a null takes a key out,
-- defaults are filled in.
create or replace function hera_internal.merge_webhook_config(p_config jsonb, p_change jsonb)
returns jsonb
language plpgsql
immutable
as $$
declare
  v_defaults constant jsonb := jsonb '{
    "topics": ["*"], "ordering": "none", "timeout_ms": 30000,
    "retry_policy": {"max_attempts": 5, "backoff_factor": 2, "initial_delay_ms": 5000, "max_delay_ms": 3600000}}';
  v_merged jsonb := p_config || (p_change - array['secret', 'headers', 'retry_policy']);
begin
  v_merged := v_defaults || coalesce((select jsonb_object_agg(e.key, e.value) from jsonb_each(v_merged) e where e.value <> 'null'), '{}');
  if jsonb_typeof(p_change -> 'retry_policy') not in ('object', 'null') then
    perform hera_internal.fail(400, 'webhook_config.invalid', 'webhook_config.retry_policy must be a JSON object', null);
  end if;
  if jsonb_typeof(p_change -> 'retry_policy') = 'object' then
    perform hera_internal.check_keys('webhook_config.retry_policy', p_change -> 'retry_policy',
      array['max_attempts', 'backoff_factor', 'initial_delay_ms', 'max_delay_ms']);
  end if;
  return v_merged || jsonb_build_object('retry_policy',
    (v_defaults -> 'retry_policy') || coalesce(p_config -> 'retry_policy', '{}')
    || case when jsonb_typeof(p_change -> 'retry_policy') = 'object' then jsonb_strip_nulls(p_change -> 'retry_policy') else '{}' end);
end
$$;
comment on function hera_internal.merge_webhook_config(jsonb, jsonb) is 'Merges a change into a webhook configuration.';
