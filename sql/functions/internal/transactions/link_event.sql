-- hera_internal.link_event: an event and a transaction of the same database transaction get to know each other.
create or replace function hera_internal.link_event(p_organization_id uuid, p_event_id uuid, p_transaction_id uuid)
returns void
language plpgsql
volatile
as $$
begin
  update hera.events e set transaction_id = p_transaction_id
  where e.organization_id = p_organization_id and e.id = p_event_id;
  update hera.universal_transactions t set event_id = p_event_id
  where t.organization_id = p_organization_id and t.id = p_transaction_id;
end
$$;
comment on function hera_internal.link_event(uuid, uuid, uuid) is 'Notes event and transaction at each other.';
