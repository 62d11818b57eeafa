-- What a webhook subscribes to, as ingest compares it with the topic of each event.
alter table hera.webhooks add column topic_starts text[] not null default '{}';
comment on column hera.webhooks.topic_starts is 'topics as hera_internal.topic_matches reads them. Kept by hera_internal.topic_starts.';

-- Of webhooks that are there already. FORCE would hide them from their owner; views/00_row_security.sql sets it again.
alter table hera.webhooks no force row level security;
update hera.webhooks w set topic_starts = array(
  select case when t.topic like '%*' then left(t.topic, -1) else t.topic || '*' end
  from unnest(w.topics) with ordinality t (topic, nth)
  order by t.nth);
alter table hera.webhooks force row level security;
