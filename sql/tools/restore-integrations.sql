-- for psql
-- Brings a document of backup-integrations.sql in, all or nothing, and prints what was done:
--
--   export PGOPTIONS="-c hera.encryption_key=$HERA_ENCRYPTION_KEY"
--   psql -X -q -v org=00000000-0000-0000-0000-000000000000 -v file=integrations.json -f sql/tools/restore-integrations.sql
--
-- org: the organization to restore into, by default the platform. all: true for a document of every organization (with the platform's).
-- unknown_keys: skip leaves out secrets that this session has no key for; refuse is the default.
-- dry_run: true shows what would be done. actor: who is audited, by default the system actor.
\set ON_ERROR_STOP on
\if :{?file}
\else
  do $$ begin raise exception 'Give the document: -v file=integrations.json'; end $$;
\endif
\if :{?org}
\else
  \set org 00000000-0000-0000-0000-000000000000
\endif
\if :{?actor}
\else
  \set actor 00000000-0000-0000-0000-000000000001
\endif
\if :{?all}
\else
  \set all false
\endif
\if :{?unknown_keys}
\else
  \set unknown_keys refuse
\endif
\if :{?dry_run}
\else
  \set dry_run false
\endif
\set document `cat :'file'`
\pset footer off
begin;
with answer as materialized (
  select hera_integration_import_v1(:'actor', :'org', :'document'::jsonb,
    jsonb_build_object('all', :'all'::boolean, 'unknown_keys', :'unknown_keys')) as a
)
select o ->> 'action' as action, o ->> 'type' as type, o ->> 'code' as code, o ->> 'id' as id,
  nullif(o -> 'secrets_missing', '[]') as "secrets missing"
from answer
cross join jsonb_array_elements(a -> 'objects') o;
\if :dry_run
  rollback;
\else
  commit;
\endif
