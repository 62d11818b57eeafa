-- as hera_view
-- Each secret was sealed with a key that this session has. Says nothing in a session without a key.
select s.organization_id, s.entity_id, s.name, s.version, encode(hera_internal.sealed_with(s.sealed), 'hex') as key_fingerprint
from hera.secrets s
where current_setting('hera.encryption_key', true) <> ''
  and hera_internal.sealed_with(s.sealed) <> all (array(
    select hera_internal.key_fingerprint(k) from unnest(string_to_array(current_setting('hera.encryption_key', true), ',')) k));
