-- hera_internal.provider_error: what an answer of a provider, or its absence, means: {class, by_code, wait_s, until, code, message}.
--   class    of the first rule of the definition's errors that fits; where none does: success of a 2xx; retry of 408, 429, 5xx and of a
--            request without an answer; permanent of all else
--   wait_s   seconds before the p_attempt-th retry, by the rule's backoff and a Retry-After; null where nothing is said
--   until    when that is, where the rule names a time of day
--   by_code  whether the rule went by what the provider wrote, and not by the status alone
--   code     the provider's own code, else http_<status> or p_error
--   message  the provider's, of any length; it may repeat what was sent: show it only after hera_internal.without_secrets, and cut it only
--            then, since half a secret is not found
-- p_headers: lower-case names. p_error: null, or what kept the answer from coming (see hera_outbox_finish_v1).
create or replace function hera_internal.provider_error(
  p_config jsonb, p_status int, p_error text, p_headers jsonb, p_body text, p_attempt int default 1)
returns jsonb
language plpgsql
volatile
as $$
declare
  v_body constant jsonb := hera_internal.json_or_null(p_body);
  v_now constant timestamptz := hera_internal.now();
  v_rule jsonb;
  v_backoff jsonb;
  v_class text;
  v_wait numeric;
  v_until timestamptz;
begin
  select r.value into v_rule
  from jsonb_array_elements(p_config -> 'errors') with ordinality r (value, n)
  where p_error is null
    and (not r.value -> 'when' ? 'status' or r.value #> '{when,status}' @> to_jsonb(p_status)
      or r.value #> '{when,status}' @> to_jsonb(p_status / 100 || 'xx'))
    and (not r.value -> 'when' ? 'jsonpath' or jsonb_path_exists(v_body, (r.value #>> '{when,jsonpath}')::jsonpath, '{}', true))
  order by r.n
  limit 1;
  v_backoff := v_rule -> 'backoff';
  v_class := coalesce(v_rule ->> 'class', case
    when p_status between 200 and 299 then 'success'
    when p_error = 'blocked_address' or p_status not in (408, 429) and p_status < 500 then 'permanent'
    else 'retry' end);

  if v_class = 'retry' then
    -- least and greatest pass over nulls.
    if v_backoff ? 'wait_s' then
      v_wait := least((v_backoff ->> 'wait_s')::numeric * power(coalesce((v_backoff ->> 'factor')::numeric, 1), least(p_attempt - 1, 30)),
        coalesce((v_backoff ->> 'max_s')::numeric, 86400), 604800);
    end if;
    if p_headers ->> 'retry-after' ~ '^[0-9]{1,9}$' then
      v_wait := greatest(v_wait, least(86400, (p_headers ->> 'retry-after')::numeric));
    end if;
    if v_backoff ->> 'until' = 'utc_midnight' and not coalesce(p_headers, '{}') ? 'retry-after' then
      v_until := (date_trunc('day', v_now at time zone 'UTC') + interval '1 day') at time zone 'UTC';
      v_wait := extract(epoch from v_until - v_now);
    end if;
  end if;
  return jsonb_build_object('class', v_class, 'by_code', coalesce(v_rule -> 'when' ? 'jsonpath', false), 'wait_s', v_wait, 'until', v_until,
    'code', left(coalesce(p_error, hera_internal.first_text(v_body,
      '{$.error.code, $.errorCode, $.serviceErrorCode, $.policyName, $.category, $.code, $.error}'), 'http_' || p_status), 100),
    'message', hera_internal.first_text(v_body, '{$.error.message, $.error_description, $.message, $.error.type}'));
end
$$;
comment on function hera_internal.provider_error(jsonb, int, text, jsonb, text, int) is 'What an answer of a provider means, by its definition.';
