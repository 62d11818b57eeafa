-- The first partitions of events and attempts; hera_outbox_maintain_v1 makes the later ones.
select hera_internal.ensure_partitions((hera_internal.now() at time zone 'UTC')::date);
