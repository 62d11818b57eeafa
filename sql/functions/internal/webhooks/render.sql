-- hera_internal.render: a webhook's transform, a JSON template over {id, type, timestamp, organization_id, topic, smart_code, data}.
-- A text that is just {{ jsonpath }} becomes the value found (null where there is none); other texts have each
-- {{ jsonpath }} replaced by the value's text, which is not looked at again. Objects and arrays are walked.
-- Errors: PT413 transform.too_large beyond 4 MiB, before more memory is taken; the caller turns it into an answer.
create or replace function hera_internal.render(p_template jsonb, p_context jsonb)
returns jsonb
language plpgsql
immutable
as $$
declare
  v_text text := p_template #>> '{}';
  v_type constant text := jsonb_typeof(p_template);
  v_child record;
  v_value jsonb;
  v_part text;
  v_keys text[] := array[]::text[];
  v_values jsonb[] := array[]::jsonb[];
  v_bytes bigint := 0;
begin
  if v_type = 'string' then
    if strpos(v_text, '{{') = 0 then
      return p_template;
    elsif v_text ~ '^\{\{[^{}]*\}\}$' then
      return coalesce(hera_internal.template_value(p_context, substr(v_text, 3, length(v_text) - 4)), 'null');
    end if;
    for v_child in
      select m[1] as piece, m[2] as path from regexp_matches(v_text, '(.*?)(?:\{\{([^{}]*)\}\}|$)', 'g') m
    loop
      v_part := concat(v_child.piece, hera_internal.template_value(p_context, v_child.path) #>> '{}');
      v_keys := v_keys || v_part;
      v_bytes := v_bytes + octet_length(v_part);
      exit when v_bytes > 4194304;
    end loop;
  elsif v_type in ('object', 'array') then
    for v_child in
      select e.key, e.value from jsonb_each(case v_type when 'object' then p_template else '{}' end) e
      union all
      select null, e.value from jsonb_array_elements(case v_type when 'array' then p_template else '[]' end) e
    loop
      v_value := hera_internal.render(v_child.value, p_context);
      v_keys := v_keys || v_child.key;
      v_values := v_values || v_value;
      v_bytes := v_bytes + pg_column_size(v_value);
      exit when v_bytes > 4194304;
    end loop;
  end if;
  if v_bytes > 4194304 then
    perform hera_internal.fail(413, 'transform.too_large', 'the transform makes more than 4 MiB of this event',
      'Select less in the transform.');
  end if;
  return case v_type
    when 'string' then to_jsonb(array_to_string(v_keys, ''))
    when 'array' then to_jsonb(v_values)
    when 'object' then (select coalesce(jsonb_object_agg(u.k, u.v), '{}') from unnest(v_keys, v_values) as u (k, v))
    else p_template
  end;
end
$$;
grant execute on function hera_internal.render(jsonb, jsonb) to hera_worker_owner;
comment on function hera_internal.render(jsonb, jsonb) is 'Fills a JSON template from a context.';
