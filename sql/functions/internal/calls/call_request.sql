-- hera_internal.call_request: what the sender sends for a call, made at the moment of its claim.
--   sealed   the request (see hera_internal.provider_request), sealed for the sender
--   url      where it goes, without what could be a secret: the origin alone
--   hold     why it must wait: connector_<status>, or token_missing
--   fault    why it can never be sent as it is: a machine code
-- Definer, since claim may read nothing of an installation's configuration: the one place where its secrets are opened for the outbox.
create or replace function hera_internal.call_request(
  p_organization_id uuid, p_installation_id uuid, p_delivery_id uuid,
  out sealed bytea, out url text, out hold text, out fault text)
language plpgsql
volatile security definer
set search_path = pg_catalog, hera, pg_temp
as $$
declare
  v_event hera.events;
  v_config jsonb;
  v_action jsonb;
  v_status text;
  v_request jsonb;
begin
  perform hera_internal.set_tenant(p_organization_id);
  select * into v_event from hera.events e where e.organization_id = p_organization_id and e.id = hera_internal.delivery_event_id(p_delivery_id);
  select e.status into v_status from hera.core_entities e where e.organization_id = p_organization_id and e.id = p_installation_id;
  if v_status <> 'active' then
    hold := 'connector_' || v_status;
    return;
  end if;
  v_config := hera_internal.installed_definition(p_organization_id, p_installation_id);
  v_action := hera_internal.action_of(v_config, substr(v_event.event_type, 8));
  if v_action is null then
    fault := 'action_unknown';
    return;
  end if;
  begin
    v_request := hera_internal.provider_request(p_organization_id, p_installation_id, v_config, v_action,
      jsonb_build_object('input', v_event.event_data, 'hera_id', p_delivery_id));
    sealed := hera_internal.seal_for_sender(v_request::text);
    url := substring(v_request ->> 'url' from '^https?://[^/?#]+') || '/';
  exception
    when sqlstate 'PT409' then
      hold := 'token_missing';
    when others then
      -- One claim serves all organizations: no definition and no input may stop it.
      get stacked diagnostics fault = pg_exception_detail;
      fault := coalesce(nullif(fault, ''), 'request_failed');
  end;
end
$$;
grant execute on function hera_internal.call_request(uuid, uuid, uuid) to hera_worker_owner;
comment on function hera_internal.call_request(uuid, uuid, uuid) is 'The sealed request of a call, or why there is none.';
