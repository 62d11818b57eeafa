-- as hera_view
-- A replay has as many deliveries as it says, and is completed when it has come to the last.
select j.organization_id, j.id, j.status, j.total, j.queued, j.skipped
from hera.replay_jobs j
where j.queued + j.skipped > j.total
  or (j.status = 'completed') <> (j.queued + j.skipped = j.total)
  or (j.finished_at is null) <> (j.status in ('running', 'paused'))
  or j.total <> (select count(*) from hera.replay_items i where i.organization_id = j.organization_id and i.job_id = j.id);
