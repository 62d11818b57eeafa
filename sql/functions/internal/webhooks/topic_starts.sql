-- hera_internal.topic_starts: subscriptions in the form that hera_internal.topic_matches reads: how a topic that is closed by * begins.
create or replace function hera_internal.topic_starts(p_topics text[])
returns text[]
language sql
immutable parallel safe
return array(
  select case when t.topic like '%*' then left(t.topic, -1) else t.topic || '*' end
  from unnest(p_topics) with ordinality t (topic, nth)
  order by t.nth);
grant execute on function hera_internal.topic_starts(text[]) to hera_view;
comment on function hera_internal.topic_starts(text[]) is '{*, a.b.*, a.b} gives an empty text, a.b. and a.b*';
