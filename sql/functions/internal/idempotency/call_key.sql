-- hera_internal.call_key: the idempotency key in a document of arguments, checked; null where it has none. The document is checked to be an object.
-- Errors: PT400 <p_field>.invalid.
create or replace function hera_internal.call_key(p_field text, p_document jsonb)
returns text
language plpgsql
immutable
as $$
begin
  if p_document is null or jsonb_typeof(p_document) <> 'object' then
    perform hera_internal.fail(400, p_field || '.invalid', p_field || ' must be a JSON object', null);
  elsif hera_internal.text_fault(p_document -> 'idempotency_key', 255) is not null then
    perform hera_internal.fail(400, p_field || '.invalid', p_field || '.idempotency_key must be a string of 1 to 255 characters', null);
  end if;
  return p_document ->> 'idempotency_key';
end
$$;
comment on function hera_internal.call_key(text, jsonb) is 'The idempotency key in a document, or null.';
