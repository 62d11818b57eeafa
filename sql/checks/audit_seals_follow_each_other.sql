-- as hera_view
-- Each seal of an audit trail names the hash of the one before it, and none is missing. hera_audit_verify_v1 checks the rows as well.
select s.organization_id, s.seal_no
from (
  select x.organization_id, x.seal_no, x.previous_hash, lag(x.seal_no) over w as before_no, lag(x.hash) over w as before_hash
  from hera.audit_seals x
  window w as (partition by x.organization_id order by x.seal_no)) s
where s.before_no is not null and (s.before_no <> s.seal_no - 1 or s.before_hash <> s.previous_hash);
