-- hera_internal.repeated_call: the first answer, where a call was made before under its key; else null, and the key is taken:
-- go on, and end with hera_internal.keep_answer. Without a key every call is a new one.
-- p_content: all that tells one call from another.  Writes: idempotent_calls.
-- Locks: a key that another transaction is claiming is waited for.  Errors: PT422 idempotency.mismatch.
create or replace function hera_internal.repeated_call(p_organization_id uuid, p_function text, p_key text, p_content jsonb)
returns jsonb
language plpgsql
volatile
as $$
declare
  v_macs bytea[];
  v_call hera.idempotent_calls;
begin
  if p_key is null then
    return null;
  end if;
  perform hera_internal.durable();
  v_macs := hera_internal.content_macs(p_content::text);
  insert into hera.idempotent_calls (organization_id, function_name, idempotency_key, created_at, content_hash)
  values (p_organization_id, p_function, p_key, hera_internal.now(), v_macs[1])
  on conflict do nothing;
  if found then
    return null;
  end if;
  select * into v_call
  from hera.idempotent_calls c
  where c.organization_id = p_organization_id and c.function_name = p_function and c.idempotency_key = p_key;
  if v_call.content_hash <> all (v_macs) then
    perform hera_internal.fail(422, 'idempotency.mismatch', 'idempotency_key stands for a call with other content.',
      'Choose a new key for a new call.');
  end if;
  return v_call.answer || '{"duplicate": true}';
end
$$;
comment on function hera_internal.repeated_call(uuid, text, text, jsonb) is
  'The answer to a call that is repeated under its idempotency key, or null for a new call.';
