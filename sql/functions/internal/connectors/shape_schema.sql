-- hera_internal.shape_schema: a shape of hera_internal.shape_fault as a JSON Schema. The kinds are those of hera_internal.kind_fault; of a
-- jsonpath and of a regular expression, which are PostgreSQL's, it can only say that they are texts.
create or replace function hera_internal.shape_schema(p_shape jsonb)
returns jsonb
language plpgsql
immutable
as $$
declare
  v_kind constant text := p_shape #>> '{}';
  v_text constant jsonb := jsonb '{"type": "string", "minLength": 1, "maxLength": 4096}';
begin
  if jsonb_typeof(p_shape) = 'array' then
    return jsonb_build_object('type', 'array', 'items', hera_internal.shape_schema(p_shape -> 0));
  elsif jsonb_typeof(p_shape) = 'object' then
    return jsonb_build_object(
      'type', 'object',
      'properties', (
        select coalesce(jsonb_object_agg(rtrim(s.key, '?'), hera_internal.shape_schema(s.value)), '{}')
        from jsonb_each(p_shape) s where s.key <> '*'),
      'required', (
        select coalesce(jsonb_agg(k order by k), '[]') from jsonb_object_keys(p_shape) k where k !~ '[?*]$'),
      'additionalProperties', coalesce(hera_internal.shape_schema(p_shape -> '*'), 'false'));
  end if;
  return case
    when v_kind is null then null
    when v_kind = 'any' then '{}'
    when v_kind in ('boolean', 'object', 'number') then jsonb_build_object('type', v_kind)
    when v_kind = 'integer' then '{"type": "integer", "minimum": 0, "maximum": 9999999999}'
    when v_kind = 'status' then jsonb '{"anyOf": [{"type": "integer", "minimum": 100, "maximum": 599}, {"type": "string", "pattern": "^[1-5]xx$"}]}'
    when v_kind like '%|%' then jsonb_build_object('enum', to_jsonb(string_to_array(ltrim(v_kind, '|'), '|')))
    else v_text || case v_kind
      when 'code' then jsonb '{"pattern": "^[a-z0-9][a-z0-9-]{0,62}$"}'
      when 'name' then jsonb '{"pattern": "^[a-z][a-z0-9_]{0,62}$"}'
      when 'url' then jsonb '{"pattern": "^(https://|\\{\\{(vars|fields)\\.)"}'
      when 'smart_code' then jsonb '{"pattern": "^HERA(\\.[A-Z0-9_]{2,30}){2,9}\\.v[0-9]{1,6}$"}'
      when 'jsonpath' then jsonb '{"description": "A jsonpath of PostgreSQL."}'
      when 'regex' then jsonb '{"description": "A regular expression of PostgreSQL."}'
      when 'cron' then jsonb '{"description": "A cron expression of 5 fields, or 6 with seconds first, in UTC."}'
      else '{}' end
  end;
end
$$;
comment on function hera_internal.shape_schema(jsonb) is 'A shape as JSON Schema.';
