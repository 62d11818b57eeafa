-- hera_test.connector: hera_integration_connector_v1 by its usual arguments.
create function hera_test.connector(p_actor uuid, p_organization uuid, p_operation text, p_code text default null, p_config jsonb default '{}')
returns jsonb
language sql
as $$
  select hera_integration_connector_v1(p_actor, p_organization, p_operation, p_connector_code => p_code,
    p_connector_config => case when p_operation like '%DEFINITION' then p_config else '{}' end,
    p_installation_config => case when p_operation like '%DEFINITION' then '{}' else p_config end);
$$;

-- hera_test.refused: that call is refused so.
create function hera_test.refused(
  p_sqlstate text, p_error text, p_actor uuid, p_organization uuid, p_operation text, p_code text default null, p_config jsonb default '{}') returns void
language sql
as $$
  select hera_test.raises(format('select hera_test.connector(%L, %L, %L, %L, %L)', p_actor, p_organization, p_operation, p_code, p_config), p_sqlstate, p_error);
$$;

-- hera_test.define: a new definition by the platform; a smart code is given where p_config has none.
create function hera_test.define(p_code text, p_config jsonb default '{}') returns jsonb
language sql
as $$
  select hera_test.connector(hera_test.system(), hera_test.platform(), 'CREATE_DEFINITION', p_code,
    '{"smart_code": "HERA.INTEGRATION.CONNECTOR.TEST.v1"}' || p_config) -> 'connector';
$$;

-- hera_test.links: the targets of the active links of a type from an entity, by their codes.
create function hera_test.links(p_from uuid, p_type text) returns text[]
language sql
as $$
  select array_agg(coalesce(e.entity_code, e.entity_name) order by e.entity_code)
  from core_relationships r
  join core_entities e on e.id = r.to_entity_id
  where r.from_entity_id = p_from and r.relationship_type = p_type and r.is_active;
$$;

-- hera_test.installed: an organization's installation of a connector; answers its id.
create function hera_test.installed(p_actor uuid, p_organization uuid, p_code text, p_config jsonb) returns uuid
language sql
as $$
  select (hera_test.connector(p_actor, p_organization, 'INSTALL', p_code, p_config) #>> '{installation,id}')::uuid;
$$;

-- hera_test.whatsapp: WhatsApp installed with the tests' usual fields.
create function hera_test.whatsapp(p_actor uuid, p_organization uuid) returns uuid
language sql
as $$
  select hera_test.installed(p_actor, p_organization, 'whatsapp-business-cloud', '{"access_token": "wa-token-canary-0001", "phone_number_id": "106540352242922",
    "business_account_id": "102290129340398", "webhook_verify_token": "wa-verify-0001", "app_secret": "wa-app-secret-0001"}');
$$;

-- hera_test.zapier: Zapier installed; its address is a secret.
create function hera_test.zapier(p_actor uuid, p_organization uuid) returns uuid
language sql
as $$
  select hera_test.installed(p_actor, p_organization, 'zapier-webhook', '{"webhook_url": "https://hooks.zapier.com/hooks/catch/1/zap-canary-0001/"}');
$$;

-- hera_test.call: the delivery of a new call of an action.
create function hera_test.call(p_actor uuid, p_organization uuid, p_code text, p_action text, p_input jsonb default '{}', p_options jsonb default '{}') returns uuid
language sql
as $$
  select (hera_connector_action_v1(p_actor, p_organization, p_code, p_action, p_input, p_options) ->> 'delivery_id')::uuid;
$$;

-- hera_test.answer: claim all that is due and report the same answer of a provider for each; how many.
create function hera_test.answer(p_status int, p_body text default null, p_error text default null, p_headers text default '{}', p_retry_after_s int default null) returns int
language plpgsql
as $$
declare
  v_leases bigint[];
  v_deliveries uuid[];
  n int;
begin
  select array_agg(c.lease_id), array_agg(c.delivery_id), count(*) into v_leases, v_deliveries, n
  from hera_outbox_claim_v1('test', 1000) c;
  if n > 0 then
    perform hera_outbox_finish_v1(v_leases, v_deliveries, array_fill(p_status, array[n]), array_fill(7, array[n]), array_fill(p_body, array[n]),
      array_fill(p_error, array[n]), array_fill(p_retry_after_s, array[n]), array_fill(p_headers, array[n]));
  end if;
  return n;
end
$$;

-- hera_test.outcome: the last event that tells of a call's end: {type, …data}; null where there is none.
create function hera_test.outcome(p_delivery uuid) returns jsonb
language sql
as $$
  select jsonb_build_object('type', e.event_type) || e.event_data::jsonb
  from hera.events e
  where e.event_data ->> 'delivery_id' = p_delivery::text and e.event_source <> 'shop'
  order by e.id desc limit 1;
$$;
