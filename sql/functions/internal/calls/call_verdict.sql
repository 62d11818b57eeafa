-- hera_internal.call_verdict: what becomes of a call after an attempt: {outcome, error, wait_s}.
--   succeeded   a status that the action calls success, or what the definition calls done already (duplicate_ok)
--   again       it is repeated: nothing was done by it, or doing it twice does no harm
--   reauth      the provider wants another authorization
--   disable     the provider wants no more calls
--   unknown     it may have been done, and doing it twice would do harm
--   failed      all else
-- p_attempt: the attempts since it was first sent or replayed, this one included; p_most: how many there may be.
create or replace function hera_internal.call_verdict(
  p_config jsonb, p_action jsonb, p_status int, p_error text, p_headers jsonb, p_body text, p_attempt int, p_most int)
returns jsonb
language plpgsql
volatile
as $$
declare
  v_error jsonb := hera_internal.provider_error(p_config, p_status, p_error, p_headers, p_body, p_attempt);
  v_class constant text := v_error ->> 'class';
  v_statuses constant jsonb := p_action #> '{success,status}';
  v_succeeded constant boolean := coalesce(v_class = 'duplicate_ok'
    or v_class = 'success' and (v_statuses @> to_jsonb(p_status) or v_statuses @> to_jsonb(p_status / 100 || 'xx')), false);
  -- Where no request has gone out, or the provider itself says that it did not do it, nothing was done.
  v_refused constant boolean := coalesce(p_error in ('dns_failed', 'connect_failed', 'tls_failed'), false)
    or coalesce(p_status < 500 or (v_error -> 'by_code')::boolean or p_status = 503 and p_headers ? 'retry-after', false);
begin
  return jsonb_build_object('wait_s', v_error -> 'wait_s',
    'error', jsonb_strip_nulls(jsonb_build_object('class', case when v_class = 'success' then 'permanent' else v_class end,
      'code', v_error -> 'code', 'message', v_error -> 'message', 'status', p_status)),
    'outcome', case
      when v_succeeded then 'succeeded'
      when v_class in ('reauth', 'disable') then v_class
      when p_error in ('blocked_address', 'bad_request') then 'failed'
      when not v_refused and p_action ->> 'idempotency' in ('none', 'reconcile') and v_class <> 'permanent' then 'unknown'
      when v_class = 'retry' and p_attempt < p_most then 'again'
      else 'failed' end);
end
$$;
comment on function hera_internal.call_verdict(jsonb, jsonb, int, text, jsonb, text, int, int) is 'What becomes of a call after an attempt.';
