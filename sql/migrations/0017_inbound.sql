-- What providers send: the requests as they came, and how the organization is found that an item of one is for.

-- Where an event came from, and why one could not be made of it.
alter table hera.events
  add column occurred_at timestamptz,
  add column status_reason text,
  add column inbound_request_id uuid;
comment on column hera.events.occurred_at is 'When it happened, as the provider says; null where it does not say, and for events that callers send.';
comment on column hera.events.status_reason is 'Why the status is failed.';
comment on column hera.events.inbound_request_id is 'The row of inbound_requests that brought it.';

create table hera.inbound_requests (
  organization_id uuid not null,
  id uuid not null,
  received_at timestamptz not null,
  connector_code text not null,
  -- The installation that its address named.
  installation_id uuid,
  -- Whom the request was authentic for: installations whose own secret verified it, and whether the platform's did.
  verified_by uuid[] not null,
  platform_verified boolean not null,
  method text not null,
  uri text not null,
  headers jsonb not null,
  body bytea not null,
  status text not null check (status in ('processed', 'failed', 'ignored')),
  status_reason text,
  accepted int not null,
  duplicates int not null,
  failed int not null,
  rerun_at timestamptz,
  primary key (organization_id, id)
) partition by range (id);
comment on table hera.inbound_requests is
  'Authentic requests of providers, as they came; secrets in headers and address are masked. One for several organizations is the platform''s.';
create table hera.inbound_requests_default partition of hera.inbound_requests default;

-- A provider's one address serves thousands of installations, so what an item says of its account has to lead to them at once.
create table hera.installation_fields (
  organization_id uuid not null,
  installation_id uuid not null,
  connector_code text not null,
  field_name text not null,
  field_value text not null,
  primary key (organization_id, installation_id, field_name),
  foreign key (installation_id, organization_id) references hera.core_entities (id, organization_id)
);
comment on table hera.installation_fields is
  'The fields of live installations that are no secrets, by value; and one row without a name for each. Kept by hera_internal.index_installation.';
create index installation_fields_value on hera.installation_fields (connector_code, field_name, field_value, installation_id);

-- Of installations that are there already. FORCE would hide them from their owner; views/00_row_security.sql sets it again.
alter table hera.core_entities no force row level security;
alter table hera.core_dynamic_data no force row level security;
insert into hera.installation_fields (organization_id, installation_id, connector_code, field_name, field_value)
select e.organization_id, e.id, e.entity_code, f.name, f.value
from hera.core_entities e
join hera.core_dynamic_data d
  on d.organization_id = e.organization_id and d.entity_id = e.id and d.field_name = 'installation_config'
cross join lateral (
  select '', ''
  union all
  select x.key, x.value from jsonb_each_text(d.field_value_json) x where x.value not like '••••%' and length(x.value) <= 255) f (name, value)
where e.entity_type = 'INTEGRATION_CONNECTOR_INSTALL' and e.status <> 'inactive';
alter table hera.core_entities force row level security;
alter table hera.core_dynamic_data force row level security;

-- An installation that may be meant by a request. accounts: what its account fields say. trust: own, where its own secret verified
-- the request; platform, where the platform's did.
create type hera_internal.inbound_party as (
  organization_id uuid,
  installation_id uuid,
  version int,
  status text,
  accounts text[],
  trust text
);
