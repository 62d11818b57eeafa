-- hera_internal.handshake_holds: does a handshake's request meet what the rule requires of it?
create or replace function hera_internal.handshake_holds(p_require jsonb, p_query jsonb, p_secrets jsonb)
returns boolean
language plpgsql
volatile
as $$
declare
  v_require jsonb;
  v_given text;
  v_secret text;
  v_holds boolean := true;
  v_same boolean;
begin
  for v_require in select r.value from jsonb_array_elements(p_require) r
  loop
    v_given := coalesce(p_query ->> (v_require ->> 'query'), '');
    v_holds := v_holds
      and (v_require ->> 'equals' is null or v_given = v_require ->> 'equals')
      and (v_require ->> 'regex' is null or v_given ~ (v_require ->> 'regex'));
    if v_require ? 'equals_secret' then
      v_same := false;
      for v_secret in select s.value from jsonb_array_elements_text(p_secrets -> (v_require ->> 'equals_secret')) s
      loop
        v_same := hera_internal.same_secret(v_given, v_secret) or v_same;
      end loop;
      v_holds := v_holds and v_same;
    end if;
  end loop;
  return v_holds;
end
$$;
comment on function hera_internal.handshake_holds(jsonb, jsonb, jsonb) is 'Whether a handshake is in order.';
