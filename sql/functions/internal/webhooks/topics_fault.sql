-- hera_internal.topics_fault: what is wrong with a list of subscriptions, or null. One is *, prefix.* or a topic.
create or replace function hera_internal.topics_fault(p_topics jsonb)
returns text
language plpgsql
immutable
as $$
begin
  if jsonb_typeof(p_topics) is distinct from 'array' or jsonb_array_length(p_topics) not between 1 and 100 then
    return 'must be an array of 1 to 100 topics';
  elsif exists (
    select from jsonb_array_elements(p_topics) t
    where jsonb_typeof(t) <> 'string' or (t #>> '{}') !~ '^(\*|[A-Za-z0-9][A-Za-z0-9_.:/-]{0,255}(\.\*)?)$') then
    return 'may hold exact topics (shop.order.paid), prefixes (shop.*) and *';
  end if;
  return null;
end
$$;
comment on function hera_internal.topics_fault(jsonb) is 'The fault of a list of topics, or null.';
