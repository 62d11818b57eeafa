-- hera_internal.fill_json: a JSON template with its placeholders filled. A text that is just one placeholder becomes the value, of whatever
-- type; a member or an element whose value is missing is left out, so that an optional input is not sent as null.
create or replace function hera_internal.fill_json(p_template jsonb, p_values jsonb)
returns jsonb
language plpgsql
immutable
as $$
declare
  v_text constant text := p_template #>> '{}';
  v_name constant text := btrim(substring(v_text from '^\{\{([^{}|]*)\}\}$'));
begin
  case jsonb_typeof(p_template)
    when 'string' then
      return case when v_name is null then to_jsonb(hera_internal.fill_text(v_text, p_values)) else p_values -> v_name end;
    when 'object' then
      return (
        select coalesce(jsonb_object_agg(f.key, f.value) filter (where f.value is not null), '{}')
        from (select e.key, hera_internal.fill_json(e.value, p_values) as value from jsonb_each(p_template) e) f);
    when 'array' then
      return (
        select coalesce(jsonb_agg(f.value order by f.n) filter (where f.value is not null), '[]')
        from (
          select e.n, hera_internal.fill_json(e.value, p_values) as value
          from jsonb_array_elements(p_template) with ordinality e (value, n)) f);
    else
      return p_template;
  end case;
end
$$;
comment on function hera_internal.fill_json(jsonb, jsonb) is 'Fills the placeholders of a JSON template.';
