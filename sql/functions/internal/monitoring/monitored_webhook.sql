-- hera_internal.monitored_webhook: the webhook that a monitoring filter names; nulls where it names none.
-- p_organization_id null: of any organization that the caller's policies show.  Errors: PT404 not_found.
create or replace function hera_internal.monitored_webhook(
  p_organization_id uuid, p_webhook_id uuid, out organization_id uuid, out webhook_no int)
language plpgsql
stable
as $$
begin
  organization_id := p_organization_id;
  if p_webhook_id is not null then
    select w.organization_id, w.webhook_no into monitored_webhook.organization_id, monitored_webhook.webhook_no
    from hera.webhooks w
    where w.id = p_webhook_id and (p_organization_id is null or w.organization_id = p_organization_id);
    if not found then
      perform hera_internal.fail(404, 'not_found', 'No such webhook.', 'LIST of hera_webhook_config_v1 shows the webhooks.');
    end if;
  end if;
end
$$;
grant execute on function hera_internal.monitored_webhook(uuid, uuid) to hera_worker_owner;
comment on function hera_internal.monitored_webhook(uuid, uuid) is 'Organization and number of a webhook.';
