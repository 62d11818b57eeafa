-- hera_internal.store_webhook_headers: merge a change into the custom headers of a webhook.
-- Their values are credentials more often than not, so all are kept as one secret; the answer (name and mask) may be shown.
-- A value that is its own mask means "as it was".  Errors: PT400 webhook_config.invalid.
create or replace function hera_internal.store_webhook_headers(p_organization_id uuid, p_webhook_id uuid, p_change jsonb)
returns jsonb
language plpgsql
as $$
declare
  v_headers jsonb;
  v_fault text;
begin
  select hera_internal.unseal(s.sealed)::jsonb into v_headers
  from hera.secrets s
  where s.organization_id = p_organization_id and s.entity_id = p_webhook_id and s.name = 'headers';

  if jsonb_typeof(p_change) = 'object' then
    select coalesce(jsonb_object_agg(k, v), '{}') into v_headers
    from (
      select e.key as k, e.value as v from jsonb_each(coalesce(v_headers, '{}')) e where not p_change ? e.key
      union all
      select c.key, case when c.value = to_jsonb(hera_internal.mask(v_headers ->> c.key)) then v_headers -> c.key else c.value end
      from jsonb_each(p_change) c
      where c.value <> 'null') m;
  else
    v_headers := case when p_change = 'null' then '{}' else p_change end;
  end if;
  v_fault := hera_internal.header_fault(v_headers);
  if v_fault is not null then
    perform hera_internal.fail(400, 'webhook_config.invalid', 'webhook_config.headers ' || v_fault, 'Correct webhook_config.headers.');
  end if;
  perform hera_internal.store_secret(p_organization_id, p_webhook_id, 'headers', v_headers::text);
  return (select coalesce(jsonb_object_agg(h.key, hera_internal.mask(h.value #>> '{}')), '{}') from jsonb_each(v_headers) h);
end
$$;
comment on function hera_internal.store_webhook_headers(uuid, uuid, jsonb) is 'Stores custom headers sealed; answers names and masks.';
