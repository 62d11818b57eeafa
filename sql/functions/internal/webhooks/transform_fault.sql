-- hera_internal.transform_fault: what is wrong with a webhook's transform and where, or null. Each path obeys the limits of
-- hera_internal.path_fault; all paths that walk arrays share one weight, since one delivery runs them all.
create or replace function hera_internal.transform_fault(p_transform jsonb)
returns text
language plpgsql
immutable
as $$
declare
  v_fault text := hera_internal.json_fault(p_transform, p_transform::text, 16384);
  v_part record;
  v_path record;
  v_paths int := 0;
  v_weight int := 0;
begin
  if jsonb_typeof(p_transform) not in ('object', 'array') then
    return 'must be a JSON object or array with {{ jsonpath }} in its texts';
  elsif v_fault is not null then
    return v_fault;
  end if;
  for v_part in select * from hera_internal.template_paths(p_transform)
  loop
    v_path := hera_internal.path_fault(v_part.path);
    v_paths := v_paths + 1;
    v_weight := v_weight + case when v_part.walks then v_path.weight else 0 end;
    if length(v_part.path) > 200 then
      v_path.fault := 'has more than 200 characters';
    elsif v_path.fault is null and v_paths > 100 then
      v_path.fault := 'is one too many: at most 100 paths';
    elsif v_path.fault is null and v_weight > 12 then
      v_path.fault := 'walks arrays once too often: [*], ?, ranges and keyvalue() of all paths may make 12 passes together';
    elsif v_path.fault is null then
      begin
        perform hera_internal.template_value('{}', v_part.path);
      exception
        when others then
          -- The sign and its place are those of the path as it was written, not of the mode before it.
          v_path.at_character := hera_internal.syntax_position(v_part.path, sqlerrm);
          v_path.fault := 'is malformed: ' || sqlerrm;
      end;
    end if;
    if v_path.fault is not null then
      return format('has at %s, character %s, a path that %s: {{%s}}', left(v_part.place, 200),
        v_part.at_character + coalesce(v_path.at_character, 1) - 1, v_path.fault, left(v_part.path, 60));
    end if;
  end loop;
  return null;
end
$$;
comment on function hera_internal.transform_fault(jsonb) is 'The fault of a transform template, or null.';
