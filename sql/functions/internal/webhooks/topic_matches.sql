-- hera_internal.topic_matches: does a topic satisfy one of the subscriptions that hera_internal.topic_starts made?
-- One comparison that is taken into the caller's plan: ingest asks it for each webhook of each event, and to make a list of all the
-- prefixes that a topic has cost 8 µs.
create or replace function hera_internal.topic_matches(p_topic text, p_starts text[])
returns boolean
language sql
immutable parallel safe
return (p_topic || '*') ^@ any (p_starts);
grant execute on function hera_internal.topic_matches(text, text[]) to hera_worker_owner;
comment on function hera_internal.topic_matches(text, text[]) is 'True where a topic is subscribed to: exactly, by a prefix, or with all.';
