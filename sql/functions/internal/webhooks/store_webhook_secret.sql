-- hera_internal.store_webhook_secret: check and keep a signing secret; the one before it signs too until p_overlap is over.
-- Errors: PT400 webhook_config.invalid.
create or replace function hera_internal.store_webhook_secret(
  p_organization_id uuid, p_webhook_id uuid, p_secret text, p_overlap interval)
returns void
language plpgsql
as $$
declare
  v_fault text := hera_internal.secret_fault(p_secret);
begin
  if v_fault is not null then
    perform hera_internal.fail(400, 'webhook_config.invalid', 'webhook_config.secret ' || v_fault,
      'Leave webhook_config.secret out to have one made.');
  end if;
  perform hera_internal.store_secret(p_organization_id, p_webhook_id, 'signing', p_secret, p_overlap);
end
$$;
comment on function hera_internal.store_webhook_secret(uuid, uuid, text, interval) is 'Stores a signing secret.';
