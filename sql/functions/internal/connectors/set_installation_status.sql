-- hera_internal.set_installation_status: the life cycle of an installation, in one place. Keeps the entity's status (what ingest
-- reads) and the field status (what HERA users read) the same, and the channel of its
-- calls in step. The status that it has already is no error.
-- Errors: PT409 connector.inactive, connector.transition.
create or replace function hera_internal.set_installation_status(
  p_actor_user_id uuid, p_organization_id uuid, p_installation_id uuid, p_status text)
returns void
language plpgsql
as $$
declare
  v_next constant jsonb := jsonb '{
    "pending_auth":    ["active", "paused", "error", "inactive"],
    "active":          ["pending_auth", "paused", "error", "reauth_required", "inactive"],
    "paused":          ["pending_auth", "active", "inactive"],
    "error":           ["pending_auth", "active", "paused", "reauth_required", "inactive"],
    "reauth_required": ["pending_auth", "active", "paused", "error", "inactive"],
    "inactive":        []}';
  v_status text;
  v_smart_code text;
begin
  select e.status, e.smart_code into v_status, v_smart_code
  from hera.core_entities e
  where e.organization_id = p_organization_id and e.id = p_installation_id
  for update;
  if v_status <> p_status and v_status = 'inactive' then
    perform hera_internal.fail(409, 'connector.inactive', 'The connector was uninstalled.', 'INSTALL it again.');
  elsif v_status <> p_status and not v_next -> v_status ? p_status then
    perform hera_internal.fail(409, 'connector.transition', format('An installation that is %s can''t become %s.', v_status, p_status),
      'RESUME it first.');
  end if;

  update hera.core_entities e
  set status = p_status, updated_at = hera_internal.now(), updated_by = p_actor_user_id, version = e.version + 1
  where e.organization_id = p_organization_id and e.id = p_installation_id and e.status <> p_status;
  perform hera_internal.store_field(p_actor_user_id, p_organization_id, p_installation_id, 'status', 'text',
    to_jsonb(p_status), v_smart_code);
  perform hera_internal.sync_channel(p_organization_id, p_installation_id);
  if p_status = 'inactive' then
    perform hera_internal.index_installation(p_organization_id, p_installation_id);
  end if;
end
$$;
comment on function hera_internal.set_installation_status(uuid, uuid, uuid, text) is
  'Moves an installation to a status that may follow its own.';
