-- hera_internal.guardrail: refuse by a guardrail; callers match the reason in the message.
create or replace function hera_internal.guardrail(p_reason text, p_hint text)
returns void
language plpgsql
as $$
begin
  raise exception using
    errcode = 'PT400',
    message = 'guardrail_violation:' || p_reason,
    detail = 'guardrail_violation:' || p_reason,
    hint = p_hint;
end
$$;
grant execute on function hera_internal.guardrail(text, text) to hera_worker_owner;
comment on function hera_internal.guardrail(text, text) is 'Raises PT400 with the message guardrail_violation:<reason>.';
