-- The six universal tables. Callers read them as the views of the same names in schema public.
-- Every key carries organization_id, so that the tables can be distributed by it.

create table hera.core_organizations (
  id uuid primary key,
  organization_name text not null,
  organization_code text not null,
  organization_type text not null default 'business',
  industry_classification text,
  parent_organization_id uuid,
  settings jsonb not null default '{}',
  status text not null default 'active' check (status in ('active', 'suspended')),
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  created_by uuid not null,
  updated_by uuid not null
);
comment on table hera.core_organizations is 'The tenants. The platform organization has the id 0 and holds the platform settings.';
create unique index core_organizations_code_key on hera.core_organizations (organization_code);

create table hera.core_entities (
  id uuid not null,
  organization_id uuid not null,
  entity_type text not null,
  entity_name text not null,
  entity_code text,
  entity_description text,
  parent_entity_id uuid,
  smart_code text not null,
  smart_code_status text not null default 'LIVE',
  status text not null default 'active',
  business_rules jsonb,
  metadata jsonb,
  tags text[],
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  created_by uuid not null,
  updated_by uuid not null,
  version int not null default 1,
  primary key (id, organization_id),
  foreign key (organization_id) references hera.core_organizations (id)
);
comment on table hera.core_entities is 'Every thing with an identity, but events and delivery attempts, which have narrow tables of their own.';
create index core_entities_type_created on hera.core_entities (entity_type, created_at);
create index core_entities_organization_type on hera.core_entities (organization_id, entity_type, entity_code);
-- One live thing per code, for the types that are looked up by it.
create unique index core_entities_definition_key on hera.core_entities (organization_id, entity_type, entity_code)
  where entity_type in ('INTEGRATION_CONNECTOR_DEF', 'RELATIONSHIP_TYPE', 'INTEGRATION_EVENT_TYPE', 'INTEGRATION_ENDPOINT');
create unique index core_entities_installation_key on hera.core_entities (organization_id, entity_code)
  where entity_type = 'INTEGRATION_CONNECTOR_INSTALL' and status <> 'inactive';

create table hera.core_dynamic_data (
  id uuid not null default gen_random_uuid(),
  organization_id uuid not null,
  entity_id uuid not null,
  field_name text not null,
  field_type text not null,
  field_value_text text,
  field_value_number numeric,
  field_value_boolean boolean,
  field_value_date timestamptz,
  field_value_json jsonb,
  field_value_file_url text,
  smart_code text not null,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  created_by uuid not null,
  updated_by uuid not null,
  version int not null default 1,
  -- entity_id leads: the queries of HERA users join on it and name no organization.
  primary key (entity_id, field_name, organization_id),
  foreign key (entity_id, organization_id) references hera.core_entities (id, organization_id)
);
comment on table hera.core_dynamic_data is 'The fields of the entities: one row a field, one value column in use.';

create table hera.core_relationships (
  id uuid not null default gen_random_uuid(),
  organization_id uuid not null,
  from_entity_id uuid not null,
  -- Users belong to the platform organization; a link from one is a row of the organization that it concerns.
  from_organization_id uuid not null generated always as (
    case
      when relationship_type = 'INTEGRATION_MANAGES' then '00000000-0000-0000-0000-000000000000'::uuid
      else organization_id
    end
  ) stored,
  to_entity_id uuid not null,
  -- Definitions and relationship types belong to the platform organization; nothing else of another
  -- organization can be a target.
  to_organization_id uuid not null generated always as (
    case
      when relationship_type in ('CONNECTOR_BASED_ON', 'ORG_AUTHORIZED_FOR') then '00000000-0000-0000-0000-000000000000'::uuid
      else organization_id
    end
  ) stored,
  relationship_type text not null,
  relationship_direction text not null default 'forward',
  relationship_data jsonb,
  smart_code text not null,
  is_active boolean not null default true,
  effective_date timestamptz not null default clock_timestamp(),
  expiration_date timestamptz,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  created_by uuid not null,
  updated_by uuid not null,
  version int not null default 1,
  primary key (id, organization_id),
  foreign key (from_entity_id, from_organization_id) references hera.core_entities (id, organization_id),
  foreign key (to_entity_id, to_organization_id) references hera.core_entities (id, organization_id)
);
comment on table hera.core_relationships is 'Typed links between entities.';
create unique index core_relationships_link_key
  on hera.core_relationships (organization_id, from_entity_id, relationship_type, to_entity_id) where is_active;
create index core_relationships_to on hera.core_relationships (to_entity_id, relationship_type);

create table hera.universal_transactions (
  id uuid not null,
  organization_id uuid not null,
  transaction_type text not null,
  transaction_code text not null,
  transaction_date timestamptz not null,
  source_entity_id uuid,
  target_entity_id uuid,
  total_amount numeric not null default 0,
  transaction_status text not null default 'completed',
  reference_number text,
  smart_code text not null,
  transaction_currency_code text,
  business_context jsonb,
  metadata jsonb,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  created_by uuid not null,
  updated_by uuid not null,
  version int not null default 1,
  primary key (id, organization_id),
  foreign key (organization_id) references hera.core_organizations (id),
  foreign key (source_entity_id, organization_id) references hera.core_entities (id, organization_id),
  foreign key (target_entity_id, organization_id) references hera.core_entities (id, organization_id)
);
comment on table hera.universal_transactions is 'Every business transaction.';
create index universal_transactions_date on hera.universal_transactions (organization_id, transaction_date);

create table hera.universal_transaction_lines (
  id uuid not null,
  organization_id uuid not null,
  transaction_id uuid not null,
  line_number int not null,
  entity_id uuid,
  line_type text not null,
  description text,
  quantity numeric,
  unit_amount numeric,
  line_amount numeric,
  smart_code text not null,
  line_data jsonb,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  created_by uuid not null,
  updated_by uuid not null,
  version int not null default 1,
  primary key (id, organization_id),
  unique (transaction_id, line_number, organization_id),
  foreign key (transaction_id, organization_id) references hera.universal_transactions (id, organization_id),
  foreign key (entity_id, organization_id) references hera.core_entities (id, organization_id)
);
comment on table hera.universal_transaction_lines is 'The lines of the transactions.';
