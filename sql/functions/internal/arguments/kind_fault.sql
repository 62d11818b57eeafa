-- hera_internal.kind_fault: what is wrong with a single value of a kind, or null. The kinds are those of hera_internal.shape_fault.
create or replace function hera_internal.kind_fault(p_value jsonb, p_kind text)
returns text
language plpgsql
immutable
as $$
declare
  v_type text := jsonb_typeof(p_value);
  v_text text := p_value #>> '{}';
begin
  if p_kind = 'any' then
    return null;
  elsif p_kind in ('boolean', 'object', 'number') then
    return case when v_type <> p_kind then 'must be a JSON ' || p_kind end;
  elsif p_kind = 'integer' then
    return case when v_type <> 'number' or v_text !~ '^(0|[1-9][0-9]{0,9})$' then 'must be a whole number' end;
  elsif p_kind = 'status' then
    return case when v_text !~ '^[1-5]([0-9][0-9]|xx)$' then 'must be an HTTP status such as 429 or "5xx"' end;
  elsif v_type <> 'string' or v_text = '' or length(v_text) > 4096 then
    return 'must be a text of 1 to 4096 characters';
  elsif p_kind like '%|%' then
    return case when v_text <> all (string_to_array(p_kind, '|')) then 'must be one of ' || replace(ltrim(p_kind, '|'), '|', ', ') end;
  end if;

  case p_kind
    when 'string' then null;
    when 'code' then
      return case when v_text !~ '^[a-z0-9][a-z0-9-]{0,62}$' then 'must have 1 to 63 lower-case letters, digits or dashes' end;
    when 'name' then
      return case when v_text !~ '^[a-z][a-z0-9_]{0,62}$' then 'must be a name such as access_token' end;
    when 'url' then
      return case when v_text !~ '^(https://|\{\{(vars|fields)\.)' then 'must begin with https://, {{vars.…}} or {{fields.…}}' end;
    when 'smart_code' then
      return case when not hera_internal.smart_code_ok(v_text) then 'must be a smart code such as HERA.ACME.EVENT.ORDER.PAID.v1' end;
    when 'jsonpath' then
      perform v_text::jsonpath;
    when 'regex' then
      perform '' ~ v_text;
    when 'cron' then
      return case when hera_internal.cron_next(v_text, timestamptz '2026-01-01 00:00:00+00') is null
        then 'must be a cron expression of 5 or 6 fields that comes to pass, such as */15 * * * *' end;
  end case;
  return null;
exception
  when others then
    return format('is not a %s: %s', p_kind, sqlerrm);
end
$$;
comment on function hera_internal.kind_fault(jsonb, text) is 'The fault of a value of a kind, or null.';
