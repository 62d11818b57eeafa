-- hera_internal.maintenance_step: run one step of hera_outbox_maintain_v1. A step that fails is undone and reported, and stops no other.
create or replace function hera_internal.maintenance_step(p_step text, p_now timestamptz)
returns jsonb
language plpgsql
volatile
as $$
begin
  return case p_step
    when 'monitoring' then hera_internal.roll_up(p_now)
    when 'audit' then hera_internal.seal_audits(p_now)
    when 'retention' then hera_internal.apply_retention(p_now)
    when 'partitions' then jsonb_build_object('made', hera_internal.ensure_partitions((p_now at time zone 'UTC')::date))
      || hera_internal.drop_old_partitions(p_now)
  end;
exception
  when others then
    return jsonb_build_object('fault', sqlerrm, 'sqlstate', sqlstate);
end
$$;
grant execute on function hera_internal.maintenance_step(text, timestamptz) to hera_worker_owner;
comment on function hera_internal.maintenance_step(text, timestamptz) is
  'Runs monitoring, audit, retention or partitions; answers what it did or {fault, sqlstate}.';
