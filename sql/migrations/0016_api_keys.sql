-- Keys by which machines call the API. A key is an actor like a person: an entity with one membership, so that every function
-- authorizes it as it does anybody.

-- A key may end by itself.
alter table hera.memberships add column expires_at timestamptz;
comment on column hera.memberships.expires_at is 'From then on the membership counts for nothing; null: it has no end.';

create table hera.api_keys (
  organization_id uuid not null,
  id uuid not null,
  name text not null,
  prefix text not null,
  -- Null once the key is revoked.
  key_hash bytea,
  last_used_at timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id, id) references hera.memberships (organization_id, user_entity_id)
);
comment on table hera.api_keys is
  'API keys. Role, end and origin are those of the membership of the same id; of the key itself only the SHA-256 is stored.';
create index api_keys_hash on hera.api_keys (key_hash);
