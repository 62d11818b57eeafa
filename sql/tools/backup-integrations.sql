-- for psql
-- Integration configuration of an organization as one JSON document, on standard output:
--
--   export PGOPTIONS="-c hera.encryption_key=$HERA_ENCRYPTION_KEY"
--   psql -X -q -v org=00000000-0000-0000-0000-000000000000 -f sql/tools/backup-integrations.sql > integrations.json
--
-- org: the organization, by default the platform. all: true for every organization (with the platform's).
-- secrets: false leaves secrets out, and needs no key. actor: who is audited, by default the system actor.
\set ON_ERROR_STOP on
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
\if :{?secrets}
\else
  \set secrets true
\endif
\pset format unaligned
\pset tuples_only on
select hera_integration_export_v1(:'actor', :'org', jsonb_build_object('all', :'all'::boolean, 'secrets', :'secrets'::boolean));
