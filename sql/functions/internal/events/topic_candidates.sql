-- hera_internal.topic_candidates: every subscription that a topic satisfies: itself, each prefix.*, and *.
create or replace function hera_internal.topic_candidates(p_topic text)
returns text[]
language plpgsql
immutable
as $$
declare
  v_candidates text[] := array['*', p_topic];
  v_at int := 0;
  v_dot int;
begin
  loop
    v_dot := strpos(substr(p_topic, v_at + 1), '.');
    exit when v_dot = 0;
    v_at := v_at + v_dot;
    v_candidates := v_candidates || (left(p_topic, v_at) || '*');
  end loop;
  return v_candidates;
end
$$;
grant execute on function hera_internal.topic_candidates(text) to hera_worker_owner;
comment on function hera_internal.topic_candidates(text) is 'a.b.c gives *, a.b.c, a.*, a.b.*';
