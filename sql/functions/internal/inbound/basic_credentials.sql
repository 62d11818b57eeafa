-- hera_internal.basic_credentials: what a Basic authorization gives, in the form in which the secret is: user:password where that has a
-- colon, the password alone else. Null where it can't be read.
create or replace function hera_internal.basic_credentials(p_base64 text, p_secret text)
returns text
language plpgsql
immutable
as $$
declare
  v_text text;
begin
  v_text := convert_from(decode(p_base64, 'base64'), 'UTF8');
  return case when strpos(p_secret, ':') > 0 then v_text else substring(v_text from '^[^:]*:(.*)$') end;
exception
  when data_exception then
    return null;
end
$$;
comment on function hera_internal.basic_credentials(text, text) is 'The credentials of a Basic authorization.';
