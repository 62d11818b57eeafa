-- hera_internal.next_webhook_no: the number of a new webhook or channel; p_wanted where it is free. Numbers are taken in turn and never
-- reused, since delivery ids are made of them.
-- Locks: the organization's webhook numbers.  Errors: PT409 webhook.limit.
create or replace function hera_internal.next_webhook_no(p_organization_id uuid, p_wanted int default null)
returns int
language plpgsql
as $$
declare
  v_webhook_no int := p_wanted;
begin
  perform pg_advisory_xact_lock(hashtextextended('hera.webhook_no.' || p_organization_id, 0));
  if p_wanted is null or exists (
    select from hera.webhooks w where w.organization_id = p_organization_id and w.webhook_no = p_wanted) then
    select coalesce(max(w.webhook_no), 0) + 1 into v_webhook_no from hera.webhooks w where w.organization_id = p_organization_id;
  end if;
  if v_webhook_no > 65535 then
    perform hera_internal.fail(409, 'webhook.limit', 'The organization has made 65,535 webhooks.', 'Change an existing one with UPDATE.');
  end if;
  return v_webhook_no;
end
$$;
comment on function hera_internal.next_webhook_no(uuid, int) is 'The number of a new webhook.';
