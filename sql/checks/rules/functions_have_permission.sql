-- Every function that the API may run has its rows in the permission matrix.
with exceptions (function_name, reason) as (
  values
    ('hera_api_key_resolve_v1', 'answers who the caller is, before there is an actor'),
    ('hera_identity_resolve_v1', 'answers who the caller is, before there is an actor'),
    ('hera_audit_refusal_v1', 'records a refusal, so the actor has no permission by definition'),
    ('hera_connector_oauth_callback_v1', 'takes what a browser brings back, which proves itself by its state'),
    ('hera_connector_oauth_answer_v1', 'takes a provider''s answer, for which the host has a ticket'),
    ('hera_integration_inbound_v1', 'takes a provider''s request, which proves itself by its signature'),
    ('hera_platform_settings_v1', 'takes settings of the host itself, not of an actor')
)
select p.oid::regprocedure as function
from pg_proc p
where p.pronamespace = 'public'::regnamespace and p.proname like 'hera\_%'
  -- Where one login owns everything, its own privileges tell nothing.
  and p.proowner <> 'hera_api'::regrole
  and exists (
    select from aclexplode(p.proacl) a where a.grantee = 'hera_api'::regrole and a.privilege_type = 'EXECUTE')
  and not exists (select from exceptions e where e.function_name = p.proname)
  and not exists (select from hera.rpc_permissions r where r.function_name = p.proname)
order by 1;
