-- hera_internal.secret_fault: what is wrong with a webhook secret of the caller's own, or null.
-- whsec_ is Standard Webhooks: base64 of 24 to 64 bytes. Anything else is used as its UTF-8 bytes.
create or replace function hera_internal.secret_fault(p_secret text)
returns text
language plpgsql
immutable
as $$
begin
  if p_secret like 'whsec\_%' then
    if octet_length(decode(substring(p_secret from 7), 'base64')) not between 24 and 64 then
      return 'must hold 24 to 64 bytes after whsec_';
    end if;
  elsif p_secret !~ '^[!-~]{16,}$' or length(p_secret) > 256 then
    return 'must be whsec_ and base64, or 16 to 256 visible ASCII characters';
  end if;
  return null;
exception
  when invalid_parameter_value then
    return 'must be base64 after whsec_';
end
$$;
comment on function hera_internal.secret_fault(text) is 'The fault of a webhook secret, or null.';
