-- hera_internal.inbound_json: the body of a request as JSON, and why it is none that events can be made of.
create or replace function hera_internal.inbound_json(p_body bytea, out body jsonb, out fault text)
language plpgsql
immutable
as $$
begin
  if octet_length(p_body) = 0 then
    fault := 'the body is empty';
    return;
  end if;
  begin
    body := convert_from(p_body, 'UTF8')::jsonb;
  exception
    when character_not_in_repertoire or untranslatable_character then
      fault := 'the body holds a NUL or is not UTF-8';
    when data_exception then
      fault := 'the body is not JSON';
    when statement_too_complex or program_limit_exceeded then
      fault := 'the body is nested too deeply or too large';
  end;
  if body is not null then
    fault := 'the body ' || hera_internal.json_fault(body, body::text, 16777216);
    body := case when fault is null then body end;
  end if;
end
$$;
comment on function hera_internal.inbound_json(bytea) is 'The body as JSON, or its fault.';
