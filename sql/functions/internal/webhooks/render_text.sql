-- hera_internal.render_text: one text of a transform, as hera_internal.render describes it.
-- Errors: PT413 transform.too_large beyond 4 MiB.
create or replace function hera_internal.render_text(p_template jsonb, p_context jsonb)
returns jsonb
language plpgsql
immutable
as $$
declare
  v_text constant text := p_template #>> '{}';
  v_pieces text[];
  v_result text;
  v_at int := 1;
  v_path text;
begin
  if strpos(v_text, '{{') = 0 then
    return p_template;
  end if;
  -- A path stands between two pieces, in double braces.
  v_pieces := regexp_split_to_array(v_text, '\{\{[^{}]*\}\}');
  v_result := v_pieces[1];
  for i in 2 .. cardinality(v_pieces)
  loop
    v_at := v_at + length(v_pieces[i - 1]) + 2;
    v_path := split_part(substr(v_text, v_at), '}}', 1);
    v_at := v_at + length(v_path) + 2;
    if cardinality(v_pieces) = 2 and v_pieces[1] = '' and v_pieces[2] = '' then
      return coalesce(hera_internal.template_value(p_context, v_path), 'null');
    end if;
    v_result := concat(v_result, hera_internal.template_value(p_context, v_path) #>> '{}', v_pieces[i]);
    if octet_length(v_result) > 4194304 then
      perform hera_internal.fail(413, 'transform.too_large', 'the transform makes more than 4 MiB of this event',
        'Select less in the transform.');
    end if;
  end loop;
  return to_jsonb(v_result);
end
$$;
grant execute on function hera_internal.render_text(jsonb, jsonb) to hera_worker_owner;
comment on function hera_internal.render_text(jsonb, jsonb) is 'Fills one text of a template.';
