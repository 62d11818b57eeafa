-- hera_internal.templates_fault: a {{placeholder}} of a definition that nothing will ever fill, or null.
create or replace function hera_internal.templates_fault(p_config jsonb, p_text text)
returns text
language sql
immutable
as $$
  select format('connector_config has a placeholder {{%s}}; known are {{vars.NAME}}, {{fields.NAME}}, {{input.NAME}}, {{query.NAME}},'
    ' {{item…}} and {{access_token}}, {{appsecret_proof}}, {{hera_id}}, {{hmac}}, {{state}}, {{code}}, {{redirect_uri}}, {{scopes}},'
    ' {{code_challenge}}, {{code_verifier}}, {{refresh_token}}, {{optional_scopes}}, {{since}}', t.name)
  from (
    select btrim(split_part(m[1], '|', 1)) as name
    from regexp_matches(p_text, '\{\{([^{}]*)\}\}', 'g') m) t
  where case split_part(t.name, '.', 1)
    when 'vars' then p_config #> array['vars', substring(t.name from 6)] is null
    when 'fields' then not p_config -> 'fields' @> jsonb_build_array(jsonb_build_object('name', substring(t.name from 8)))
    else t.name !~ '^(input|query|item)\.[A-Za-z0-9_.]+$' and t.name <> all (array['access_token', 'appsecret_proof', 'hera_id', 'hmac',
      'state', 'code', 'redirect_uri', 'scopes', 'code_challenge', 'code_verifier', 'refresh_token', 'optional_scopes', 'since'])
  end
  limit 1;
$$;
comment on function hera_internal.templates_fault(jsonb, text) is 'The fault of the placeholders of a definition, or null.';
