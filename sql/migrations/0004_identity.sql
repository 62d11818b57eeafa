-- Who may do what: people and their organizations, the permission matrix, logins of PostgreSQL, and the audit trail.

create table hera.identities (
  -- USER entities live in the platform organization, since one person may belong to several.
  organization_id uuid not null default '00000000-0000-0000-0000-000000000000'
    check (organization_id = '00000000-0000-0000-0000-000000000000'),
  auth_uid text not null,
  user_entity_id uuid not null,
  created_at timestamptz not null default clock_timestamp(),
  primary key (organization_id, auth_uid),
  foreign key (user_entity_id, organization_id) references hera.core_entities (id, organization_id)
);
comment on table hera.identities is 'The subject of a token (auth_uid) and the USER entity that it means.';

create table hera.memberships (
  organization_id uuid not null,
  user_entity_id uuid not null,
  role text not null check (role in ('platform_admin', 'org_admin', 'integration_manager', 'member')),
  is_active boolean not null default true,
  organization_active boolean not null default true,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  created_by uuid not null,
  updated_by uuid not null,
  primary key (organization_id, user_entity_id),
  foreign key (organization_id) references hera.core_organizations (id),
  check (role <> 'platform_admin' or organization_id = '00000000-0000-0000-0000-000000000000')
);
comment on table hera.memberships is
  'The role of a user in an organization. organization_active repeats the organization''s status, so that authorizing reads one row.';
create index memberships_user on hera.memberships (user_entity_id);

create table hera.rpc_permissions (
  function_name text not null,
  operation text not null,
  role text not null check (role in ('platform_admin', 'org_admin', 'integration_manager', 'member')),
  primary key (function_name, operation, role)
);
comment on table hera.rpc_permissions is 'The permission matrix: a row allows a role one operation of one RPC. Kept by sql/seeds/permissions.sql.';

create table hera.login_principals (
  login name primary key,
  user_entity_id uuid not null
);
comment on table hera.login_principals is 'The one actor that a plain PostgreSQL login may act as. hera_api, hera_dba and administrators act for any.';

create table hera.reader_organizations (
  login name not null,
  organization_id uuid not null references hera.core_organizations (id),
  primary key (login, organization_id)
);
comment on table hera.reader_organizations is 'The organizations whose rows a hera_reader login sees in the read views.';

create table hera.audit_log (
  organization_id uuid not null,
  id uuid not null,
  created_at timestamptz not null,
  actor_user_id uuid,
  login name not null default session_user,
  function_name text not null,
  operation text not null,
  target_id uuid,
  detail jsonb,
  primary key (organization_id, id)
);
comment on table hera.audit_log is 'Append-only trail of administrative calls and of refusals. Policies allow insert and select, nothing else.';

create table hera.secrets (
  organization_id uuid not null,
  entity_id uuid not null,
  name text not null,
  version int not null,
  sealed bytea not null,
  hint text not null,
  created_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz,
  primary key (organization_id, entity_id, name, version),
  foreign key (entity_id, organization_id) references hera.core_entities (id, organization_id)
);
comment on table hera.secrets is 'Encrypted secrets. The key is never in the database; hint is what may be shown (•••• and the last four characters).';
