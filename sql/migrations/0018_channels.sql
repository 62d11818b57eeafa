-- Calls of providers go through the outbox like deliveries to webhooks. What takes the place of the webhook is a channel: one for each
-- installation, whose id it has.
alter table hera.webhooks
  add column kind text not null default 'webhook' check (kind in ('webhook', 'channel')),
  add column rate_burst numeric check (rate_burst >= 1),
  add column calls_after timestamptz;
comment on column hera.webhooks.kind is 'channel: stands for an installation''s calls of its provider. It has no topics, so no event reaches it by itself.';
comment on column hera.webhooks.rate_burst is 'What the token bucket holds at most; null: one second''s worth.';

comment on column hera.webhooks.calls_after is 'Of a channel: the provider said that its limit is used up until then.';

alter table hera.outbox_leases add column has_calls boolean not null default false;
comment on column hera.outbox_leases.has_calls is
  'Some of its deliveries are calls, which are settled otherwise. Until the lease ends they count as sent.';

alter type hera_internal.delivery add attribute connector_code text, add attribute action text;

create table hera.call_slots (
  organization_id uuid not null,
  installation_id uuid not null,
  slot_key text not null,
  free_at timestamptz not null,
  primary key (organization_id, installation_id, slot_key)
);
comment on table hera.call_slots is 'When the next call for one key may be sent, where a provider limits them by key, as by the recipient of a message.';
create index call_slots_free on hera.call_slots (organization_id, installation_id, free_at);
