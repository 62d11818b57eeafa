-- hera_internal.fill_headers: {name: template} with the placeholders filled. A header whose placeholder has no value is left out.
-- Errors: PT400 request.header where a value can't stand in a header: it would end the line and begin another one.
create or replace function hera_internal.fill_headers(p_headers jsonb, p_values jsonb)
returns jsonb
language plpgsql
immutable
as $$
declare
  v_name text;
  v_value text;
  v_filled jsonb := '{}';
begin
  for v_name, v_value in select h.key, hera_internal.fill_text(h.value, p_values) from jsonb_each_text(p_headers) h
  loop
    continue when v_value is null;
    if v_name !~ '^[!#$%&''*+.^_`|~0-9A-Za-z-]{1,128}$' or v_value collate "C" !~ '^[!-~]([ \t!-~]*[!-~])?$' or length(v_value) > 8192 then
      perform hera_internal.fail(400, 'request.header', format('The header %s would not be 1 to 8192 visible ASCII characters.', left(v_name, 128)),
        'Look at the fields of the installation and the input that it is made of.');
    end if;
    v_filled := v_filled || jsonb_build_object(v_name, v_value);
  end loop;
  return v_filled;
end
$$;
comment on function hera_internal.fill_headers(jsonb, jsonb) is 'Fills the placeholders of headers.';
