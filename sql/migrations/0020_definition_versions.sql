-- Versions of a connector definition side by side. The field connector_config holds the newest; an installation stays on the one that its
-- metadata names (definition_version) until it is upgraded.
create table hera.connector_versions (
  organization_id uuid not null,
  definition_id uuid not null,
  version int not null,
  config jsonb not null,
  created_at timestamptz not null,
  created_by uuid not null,
  updated_at timestamptz not null,
  updated_by uuid not null,
  primary key (organization_id, definition_id, version),
  foreign key (definition_id, organization_id) references hera.core_entities (id, organization_id)
);
comment on table hera.connector_versions is 'Every version of each connector definition.';
