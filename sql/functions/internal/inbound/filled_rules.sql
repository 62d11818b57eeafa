-- hera_internal.filled_rules: the verification rules of a definition as an installation has them. {{fields.NAME}} in the name of a header
-- or in a prefix is the installation's field; a rule whose header nobody has named is left out, a prefix that is empty too.
-- encoding_field names a field that holds the encoding.
create or replace function hera_internal.filled_rules(p_rules jsonb, p_config jsonb)
returns jsonb
language plpgsql
immutable
as $$
declare
  v_rule jsonb;
  v_text text;
  v_name text;
  v_filled jsonb := jsonb '[]';
begin
  if strpos(p_rules::text, '{{fields.') = 0 and strpos(p_rules::text, '"encoding_field"') = 0 then
    return p_rules;
  end if;
  for v_rule in select r.value from jsonb_array_elements(p_rules) r
  loop
    v_text := v_rule::text;
    for v_name in select distinct m[1] from regexp_matches(v_text, '\{\{fields\.([a-z0-9_]+)\}\}', 'g') m
    loop
      -- The quotes of a JSON text are its first and last character.
      v_text := replace(v_text, '{{fields.' || v_name || '}}', trim(both '"' from coalesce(to_jsonb(p_config ->> v_name)::text, '')));
    end loop;
    v_rule := v_text::jsonb;
    continue when coalesce(v_rule #>> '{signature,header}', '') = '' or v_rule #>> '{when,header}' = '';
    if v_rule #>> '{signature,strip_prefix}' = '' then
      v_rule := v_rule #- '{signature,strip_prefix}';
    end if;
    if v_rule ? 'encoding_field' then
      v_rule := v_rule || jsonb_build_object('encoding', coalesce(p_config ->> (v_rule ->> 'encoding_field'), v_rule ->> 'encoding'));
    end if;
    v_filled := v_filled || jsonb_build_array(v_rule);
  end loop;
  return v_filled;
end
$$;
comment on function hera_internal.filled_rules(jsonb, jsonb) is 'Verification rules with an installation''s fields filled in.';
