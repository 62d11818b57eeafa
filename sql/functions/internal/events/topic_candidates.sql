-- hera_internal.topic_candidates: every subscription that a topic satisfies: itself, each prefix.*, and *.
create or replace function hera_internal.topic_candidates(p_topic text)
returns text[]
language plpgsql
immutable
as $$
declare
  v_candidates text[] := array['*', p_topic];
  v_prefix text := p_topic;
begin
  loop
    v_prefix := substring(v_prefix from '^(.*)\.');
    exit when v_prefix is null;
    v_candidates := v_candidates || (v_prefix || '.*');
  end loop;
  return v_candidates;
end
$$;
grant execute on function hera_internal.topic_candidates(text) to hera_worker_owner;
comment on function hera_internal.topic_candidates(text) is 'a.b.c gives *, a.b.c, a.b.*, a.*';
