-- hera_internal.natural_key: the idempotency key of a provider's event: connector, account, kind and what the provider knows it by; hashed
-- where it is long. The kind is a part of it since one item may be two events.
create or replace function hera_internal.natural_key(p_code text, p_account text, p_type text, p_key text)
returns text
language plpgsql
immutable
as $$
declare
  v_key constant text := concat_ws(':', p_code, coalesce(p_account, ''), p_type, p_key);
begin
  if length(v_key) <= 255 then
    return v_key;
  end if;
  return p_code || ':' || encode(sha256(convert_to(v_key, 'UTF8')), 'hex');
end
$$;
comment on function hera_internal.natural_key(text, text, text, text) is 'The idempotency key of a provider''s event.';
