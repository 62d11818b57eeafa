-- hera_internal.check_webhook_config: refuse a webhook configuration that is not valid; the field is named.
-- p_config is the whole configuration, defaults filled in, without secret and headers.
-- Errors: PT400 webhook_config.invalid.
create or replace function hera_internal.check_webhook_config(p_config jsonb)
returns void
language plpgsql
as $$
declare
  v_field text;
  v_fault text;
  v_value jsonb;
  v_range record;
begin
  -- Numbers: field, lowest, highest, whole.
  for v_range in
    select * from (values
      ('timeout_ms', '{timeout_ms}'::text[], 100, 60000, true),
      ('rate_limit_per_second', '{rate_limit_per_second}', 0.01, 10000, false),
      ('retry_policy.max_attempts', '{retry_policy,max_attempts}', 1, 50, true),
      ('retry_policy.backoff_factor', '{retry_policy,backoff_factor}', 1, 10, false),
      ('retry_policy.initial_delay_ms', '{retry_policy,initial_delay_ms}', 0, 86400000, true),
      ('retry_policy.max_delay_ms', '{retry_policy,max_delay_ms}', 0, 604800000, true)
    ) as r (field, path, low, high, whole)
  loop
    v_value := p_config #> v_range.path;
    continue when v_value is null;
    if jsonb_typeof(v_value) <> 'number' or v_value::numeric not between v_range.low and v_range.high
      or v_range.whole and v_value::numeric % 1 <> 0 then
      v_field := v_range.field;
      v_fault := format('must be a %s from %s to %s', case when v_range.whole then 'whole number' else 'number' end, v_range.low, v_range.high);
      exit;
    end if;
  end loop;

  if v_fault is null then
    select c.field, c.fault into v_field, v_fault
    from (values
      ('url', case when jsonb_typeof(p_config -> 'url') = 'string' then hera_internal.url_fault(p_config ->> 'url') else 'is required' end),
      ('topics', hera_internal.topics_fault(p_config -> 'topics')),
      ('filter', case when p_config ? 'filter' then
        case when jsonb_typeof(p_config -> 'filter') = 'string' then hera_internal.filter_fault(p_config ->> 'filter')
        else 'must be a jsonpath predicate as a string' end end),
      ('transform', case when p_config ? 'transform' then hera_internal.transform_fault(p_config -> 'transform') end),
      ('ordering', case when p_config ->> 'ordering' not in ('none', 'fifo') then 'must be none or fifo' end),
      ('description', case when jsonb_typeof(p_config -> 'description') not in ('string', 'null') or length(p_config ->> 'description') > 1000
        then 'must be a text of at most 1000 characters' end),
      ('metadata', case when jsonb_typeof(p_config -> 'metadata') <> 'object' then 'must be a JSON object'
        else hera_internal.json_fault(p_config -> 'metadata', (p_config -> 'metadata')::text, 16384) end)
    ) as c (field, fault)
    where c.fault is not null
    limit 1;
  end if;
  if v_fault is not null then
    perform hera_internal.fail(400, 'webhook_config.invalid', format('webhook_config.%s %s', v_field, v_fault),
      format('Correct webhook_config.%s.', v_field));
  end if;
end
$$;
comment on function hera_internal.check_webhook_config(jsonb) is 'Raises unless the webhook configuration is valid.';
