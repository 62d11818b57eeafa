-- What installations need by the clock, and authorizations under way.

create table hera.connector_tasks (
  organization_id uuid not null,
  id uuid not null,
  installation_id uuid not null,
  kind text not null check (kind in ('refresh', 'poll', 'health', 'revoke')),
  code text not null,
  due_at timestamptz not null,
  -- Of the claim that is at it: due_at is then the end of its lease.
  fence uuid,
  tries smallint not null default 0,
  state jsonb not null default '{}',
  sealed bytea,
  primary key (organization_id, id),
  unique (organization_id, installation_id, kind, code),
  foreign key (installation_id, organization_id) references hera.core_entities (id, organization_id)
);
comment on table hera.connector_tasks is
  'Requests to providers that are due by the clock. code: the poll''s. state: of a poll {cursor, high, page, pages}. sealed: the request of a revoke.';
create index connector_tasks_due on hera.connector_tasks (due_at);

create table hera.oauth_states (
  organization_id uuid not null,
  state_hash bytea not null,
  installation_id uuid not null,
  actor_user_id uuid not null,
  expires_at timestamptz not null,
  -- Filled when the provider's answer has come back: it comes once. The fence is the ticket of the token request that follows.
  used_at timestamptz,
  fence uuid,
  sealed bytea not null,
  primary key (organization_id, state_hash),
  unique (organization_id, fence),
  foreign key (installation_id, organization_id) references hera.core_entities (id, organization_id)
);
comment on table hera.oauth_states is
  'Authorizations that were begun. Of the state only the SHA-256 is stored; sealed: {connector_code, redirect_uri, return_path, code_verifier, code}.';
