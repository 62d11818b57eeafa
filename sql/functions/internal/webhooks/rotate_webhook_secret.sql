-- hera_internal.rotate_webhook_secret: a new signing secret; the old one signs too until the overlap is over.
-- p_change: {secret, overlap_seconds (0 to 604800, default 86400)}.  Answers {secret}.  Errors: PT400 webhook_config.invalid.
create or replace function hera_internal.rotate_webhook_secret(p_webhook hera.webhooks, p_change jsonb)
returns jsonb
language plpgsql
as $$
declare
  v_secret text := coalesce(p_change ->> 'secret', hera_internal.new_webhook_secret());
  v_overlap jsonb := coalesce(nullif(p_change -> 'overlap_seconds', 'null'), '86400');
begin
  if jsonb_typeof(v_overlap) <> 'number' or v_overlap::numeric not between 0 and 604800 then
    perform hera_internal.fail(400, 'webhook_config.invalid', 'webhook_config.overlap_seconds must be a number from 0 to 604800', null);
  end if;
  perform hera_internal.store_webhook_secret(p_webhook.organization_id, p_webhook.id, v_secret,
    v_overlap::numeric::float8 * interval '1 second');
  return jsonb_build_object('secret', v_secret);
end
$$;
comment on function hera_internal.rotate_webhook_secret(hera.webhooks, jsonb) is 'Replaces a signing secret.';
