-- hera_internal.fail_answer: raise the fault of a single call that a batch would have answered per item.
create or replace function hera_internal.fail_answer(p_answer jsonb)
returns void
language plpgsql
as $$
begin
  if p_answer ->> 'error' like 'guardrail_violation:%' then
    perform hera_internal.guardrail(substring(p_answer ->> 'error' from 21), p_answer ->> 'message');
  end if;
  perform hera_internal.fail((p_answer ->> 'status')::int, p_answer ->> 'error', p_answer ->> 'message',
    'Correct ' || (p_answer ->> 'field') || '.');
end
$$;
comment on function hera_internal.fail_answer(jsonb) is 'Raises {error, status, field, message}.';
