-- An event that only points at what it tells is completed by a call; its result names the event.
do $$
declare
  v_org uuid;
  v_admin uuid;
  v_id uuid;
  v_config jsonb;
  v_event uuid;
  v_call uuid;
  v_claim record;
begin
  select o.organization, o.admin into v_org, v_admin from hera_test.organization('Enriched') o;
  v_id := hera_test.installed(v_admin, v_org, 'linkedin-api', '{"client_id": "c", "client_secret": "li-client-secret-0001"}');
  v_config := hera_internal.installed_definition(v_org, v_id);
  v_event := hera_test.event(v_org, 'lead_generated', '{"leadGenFormResponse": "urn:li:leadGenFormResponse:9a1c-7"}', 'linkedin-api');
  v_call := hera_internal.enrich_event(v_org, v_id, v_config, 'lead_generated', v_event, '{"leadGenFormResponse": "urn:li:leadGenFormResponse:9a1c-7"}');
  assert v_call = hera_internal.enrich_event(v_org, v_id, v_config, 'lead_generated', v_event, '{"leadGenFormResponse": "urn:li:leadGenFormResponse:9a1c-7"}'), 'once for an event';
  assert hera_internal.enrich_event(v_org, v_id, v_config, 'post_engagement', v_event, '{}') is null;
  assert hera_internal.enrich_event(v_org, v_id, v_config, 'lead_generated', v_event, '{"other": 1}') is null;

  -- It waits for the authorization.
  perform hera_test.move_clock('0');
  assert not exists (select from hera_outbox_claim_v1('test', 10)) and hera_test.place(v_call) = 'scheduled';
  perform hera_internal.store_secret(v_org, v_id, 'oauth_access_token', 'li-token-0001');
  perform hera_internal.set_installation_status(v_admin, v_org, v_id, 'active');
  perform hera_test.move_clock('61 seconds');
  select * into v_claim from hera_outbox_claim_v1('test', 10);
  assert hera_test.credentials(v_claim.credentials) @> '{"method": "GET", "url": "https://api.linkedin.com/rest/leadFormResponses/9a1c-7",
    "headers": {"Authorization": "Bearer li-token-0001", "Linkedin-Version": "202607", "X-Restli-Protocol-Version": "2.0.0"}, "body": null}';
  perform hera_outbox_finish_v1(array[v_claim.lease_id], array[v_call], '{200}', '{5}', array['{"formResponse": {"answers": [1]}}'], '{null}', '{null}', '{null}');
  assert hera_test.outcome(v_call) @> jsonb_build_object('type', 'action.fetch_lead.succeeded', 'enriches', v_event, 'result', '{"lead": {"formResponse": {"answers": [1]}}}'::jsonb),
    hera_test.outcome(v_call)::text;
end
$$;
