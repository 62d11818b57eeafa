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
  v_keys text[];
  v_values jsonb[] := array[]::jsonb[];
  v_value jsonb;
  v_bytes bigint := 0;
begin
  case jsonb_typeof(p_template)
    when 'string' then
      return hera_internal.render_text(p_template, p_context);
    when 'object' then
      v_keys := array(select jsonb_object_keys(p_template));
    when 'array' then
      v_keys := array(select generate_series(0, jsonb_array_length(p_template) - 1))::text[];
    else
      return p_template;
  end case;
  for i in 1 .. cardinality(v_keys)
  loop
    v_value := hera_internal.render(p_template #> v_keys[i : i], p_context);
    v_values[i] := v_value;
    v_bytes := v_bytes + pg_column_size(v_value);
    if v_bytes > 4194304 then
      perform hera_internal.fail(413, 'transform.too_large', 'the transform makes more than 4 MiB of this event',
        'Select less in the transform.');
    end if;
  end loop;
  if jsonb_typeof(p_template) = 'array' then
    return to_jsonb(v_values);
  end if;
  return (select coalesce(jsonb_object_agg(u.k, u.v), '{}') from unnest(v_keys, v_values) as u (k, v));
end
$$;
grant execute on function hera_internal.render(jsonb, jsonb) to hera_worker_owner;
comment on function hera_internal.render(jsonb, jsonb) is 'Fills a JSON template from a context.';
