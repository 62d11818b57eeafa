-- hera_internal.request_in_time: is the time that a rule reads in a request near enough, to either side? True where the rule reads none.
create or replace function hera_internal.request_in_time(p_rule jsonb, p_headers jsonb)
returns boolean
language plpgsql
stable
as $$
declare
  v_rule constant jsonb := coalesce(p_rule -> 'timestamp', case p_rule ->> 'type' when 'standard_webhooks'
    then jsonb '{"header": "webhook-timestamp", "unit": "s", "tolerance_s": 300}' end);
  v_given text;
begin
  if v_rule is null then
    return true;
  end if;
  v_given := p_headers ->> lower(v_rule ->> 'header');
  if v_rule ->> 'pattern' is not null then
    v_given := substring(v_given from v_rule ->> 'pattern');
  end if;
  if v_given is null or v_given !~ '^[0-9]{1,15}$' then
    return false;
  end if;
  return abs(extract(epoch from hera_internal.now()) - v_given::numeric / case v_rule ->> 'unit' when 'ms' then 1000 else 1 end)
    <= (v_rule ->> 'tolerance_s')::int;
end
$$;
comment on function hera_internal.request_in_time(jsonb, jsonb) is 'Whether a request is from about now.';
