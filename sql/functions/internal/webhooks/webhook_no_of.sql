-- hera_internal.webhook_no_of: the number of a webhook; null for null.  Errors: PT404 not_found.
create or replace function hera_internal.webhook_no_of(p_organization_id uuid, p_webhook_id uuid)
returns int
language plpgsql
stable
as $$
declare
  v_webhook_no int;
begin
  select w.webhook_no into v_webhook_no from hera.webhooks w where w.organization_id = p_organization_id and w.id = p_webhook_id;
  if v_webhook_no is null and p_webhook_id is not null then
    perform hera_internal.fail(404, 'not_found', 'No such webhook.', 'LIST of hera_webhook_config_v1 shows the webhooks.');
  end if;
  return v_webhook_no;
end
$$;
comment on function hera_internal.webhook_no_of(uuid, uuid) is 'The number of a webhook within its organization.';
