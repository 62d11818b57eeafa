-- hera_internal.keep_answer: keep the answer of a call for its repetitions (see hera_internal.repeated_call), and return it.
-- p_shown_once: the path of a secret in it, or of an object of secrets, which are kept masked.  Writes: idempotent_calls.
create or replace function hera_internal.keep_answer(
  p_organization_id uuid, p_function text, p_key text, p_answer jsonb, p_shown_once text[] default null)
returns jsonb
language plpgsql
volatile
as $$
begin
  if p_key is null then
    return p_answer;
  end if;
  -- The call may have ended in another organization than that of its key.
  perform hera_internal.set_tenant(p_organization_id);
  update hera.idempotent_calls c
  set answer = case
    when p_answer #> p_shown_once is null then p_answer
    when jsonb_typeof(p_answer #> p_shown_once) = 'object' then jsonb_set(p_answer, p_shown_once,
      (select jsonb_object_agg(s.key, hera_internal.mask(s.value)) from jsonb_each_text(p_answer #> p_shown_once) s))
    else jsonb_set(p_answer, p_shown_once, to_jsonb(hera_internal.mask(p_answer #>> p_shown_once)))
  end
  where c.organization_id = p_organization_id and c.function_name = p_function and c.idempotency_key = p_key;
  return p_answer || '{"duplicate": false}';
end
$$;
comment on function hera_internal.keep_answer(uuid, text, text, jsonb, text[]) is 'Keeps the answer of a call under its idempotency key.';
