-- hera_test.webhook: a new webhook; url and what else is not given has a default.
create function hera_test.webhook(p_organization uuid, p_config jsonb default '{}', p_connector_code text default null) returns uuid
language sql
as $$
  select (hera_webhook_config_v1(hera_test.system(), p_organization, 'CREATE', '{"url": "https://example.com/hook"}' || p_config, p_connector_code)
    #>> '{webhook,id}')::uuid;
$$;

-- hera_test.event: a new event; answers its id.
create function hera_test.event(
  p_organization uuid, p_type text default 'order.paid', p_data jsonb default '{}', p_source text default 'shop') returns uuid
language sql
as $$
  select (hera_integration_event_in_v1(hera_test.system(), p_organization, p_source, p_type, p_data) ->> 'event_id')::uuid;
$$;

-- hera_test.delivery: the id of the delivery of an event to a webhook.
create function hera_test.delivery(p_event uuid, p_webhook uuid) returns uuid
language sql
as $$
  select hera_internal.delivery_id(p_event, w.webhook_no) from hera.webhooks w where w.id = p_webhook;
$$;

-- hera_test.send: claim all that is due and report the same result for each; answers what finish answers and "claimed".
create function hera_test.send(p_status int, p_error text default null, p_retry_after_s int default null) returns jsonb
language plpgsql
as $$
declare
  v_leases bigint[];
  v_deliveries uuid[];
  n int;
begin
  select array_agg(c.lease_id), array_agg(c.delivery_id), count(*) into v_leases, v_deliveries, n
  from hera_outbox_claim_v1('test', 1000) c;
  if n = 0 then
    return '{"claimed": 0}';
  end if;
  return jsonb_build_object('claimed', n) || hera_outbox_finish_v1(v_leases, v_deliveries,
    array_fill(p_status, array[n]), array_fill(7, array[n]), array_fill('answer'::text, array[n]), array_fill(p_error, array[n]),
    array_fill(p_retry_after_s, array[n]));
end
$$;

-- hera_test.place: where a delivery stands, as ready, waiting, scheduled, leased or the status of a dead letter; null: nowhere.
create function hera_test.place(p_delivery uuid) returns text
language sql
as $$
  select string_agg(p.place, ' and ')
  from (
    select 'ready' as place from hera.outbox_ready where delivery_id = p_delivery
    union all select 'waiting' from hera.outbox_fifo_wait where delivery_id = p_delivery
    union all select 'scheduled' from hera.outbox_scheduled where delivery_id = p_delivery
    union all select 'leased' from hera.outbox_leases where p_delivery = any (delivery_ids)
    union all select status from hera.dead_letters where delivery_id = p_delivery) p;
$$;

-- hera_test.credentials: what a claim sealed for the sender, opened as a sender does: {secrets, headers}.
create function hera_test.credentials(p_sealed bytea) returns jsonb
language sql
as $$
  select convert_from(decrypt_iv(substring(p_sealed from 17),
    sha256(convert_to('hera.sender.' || split_part(current_setting('hera.encryption_key'), ',', 1), 'UTF8')), substring(p_sealed for 16), 'aes-cbc/pad:pkcs'),
    'UTF8')::jsonb;
$$;
