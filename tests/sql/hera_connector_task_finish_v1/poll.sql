-- LinkedIn campaigns: by cron, in pages, with a cursor, under natural keys; failures, and a poll whose field is missing.
do $$
declare
  v_org uuid;
  v_admin uuid;
  v_done jsonb;
  v_task hera.connector_tasks;
begin
  perform hera_test.reach();
  perform hera_test.set_clock('2026-05-05 20:05:00+00');
  select o.organization, o.admin into v_org, v_admin from hera_test.organization('Polls') o;
  perform hera_test.connector(v_admin, v_org, 'INSTALL', 'linkedin-api', '{"client_id": "app", "client_secret": "linkedin-secret-01"}');
  perform hera_test.authorize(v_admin, v_org, 'linkedin-api', '{"access_token": "linkedin-access", "expires_in": 5184000}');
  assert (select t.due_at from hera.connector_tasks t where t.organization_id = v_org and t.kind = 'poll' and t.code = 'campaigns') = '2026-05-05 20:15:00+00';
  -- Whose campaigns is not known: there is nothing to ask, and that is no error.
  perform hera_test.set_clock('2026-05-05 20:15:00+00');
  assert hera_test.run_tasks('poll', 200, '{}') = '[]' and hera_test.fare(v_admin, v_org, 'linkedin-api') = 'active ok';
  perform hera_test.connector(v_admin, v_org, 'CONFIGURE', 'linkedin-api', '{"sponsored_account_urn": "urn:li:sponsoredAccount:520866471"}');

  perform hera_test.set_clock('2026-05-05 20:30:00+00');
  v_done := hera_test.run_tasks('poll', 200, '{"paging": {"start": 0, "count": 2, "total": 3}, "elements": [
    {"id": 3, "changeAuditStamps": {"lastModified": {"time": 1767225900000}}}, {"id": 2, "changeAuditStamps": {"lastModified": {"time": 1767225800000}}}]}');
  assert v_done #>> '{0,result}' = 'more' and v_done #>> '{0,request,headers,Linkedin-Version}' = '202607' and v_done #>> '{0,request,headers,Authorization}' = 'Bearer linkedin-access'
    and v_done #>> '{0,request,url}' = 'https://api.linkedin.com/rest/adCampaigns?q=search&search=(account:(values:List(urn%3Ali%3AsponsoredAccount%3A520866471)))&sortOrder=DESCENDING', v_done::text;
  v_done := hera_test.run_tasks('poll', 200, '{"paging": {"start": 2, "count": 2, "total": 3}, "elements": [{"id": 1, "changeAuditStamps": {"lastModified": {"time": 1767225700000}}}]}');
  assert v_done #>> '{0,result}' = 'done' and v_done #>> '{0,request,url}' like '%&start=2', v_done::text;
  select * into v_task from hera.connector_tasks t where t.organization_id = v_org and t.kind = 'poll';
  assert v_task.state = '{"cursor": "1767225900000"}' and v_task.due_at = '2026-05-05 20:45:00+00', v_task::text;
  assert (select count(*) from hera.events e where e.organization_id = v_org and e.event_type = 'campaign_updated' and e.event_source = 'linkedin-api') = 3;

  -- One has changed. The page has nothing older than the cursor but the rest, so the next is not asked for.
  perform hera_test.set_clock('2026-05-05 20:45:00+00');
  v_done := hera_test.run_tasks('poll', 200, '{"paging": {"start": 0, "count": 2, "total": 3}, "elements": [
    {"id": 1, "changeAuditStamps": {"lastModified": {"time": 1767226000000}}}, {"id": 3, "changeAuditStamps": {"lastModified": {"time": 1767225900000}}}]}');
  assert v_done #>> '{0,result}' = 'more';
  v_done := hera_test.run_tasks('poll', 200, '{"paging": {"start": 2, "count": 2, "total": 5}, "elements": [{"id": 2, "changeAuditStamps": {"lastModified": {"time": 1767225800000}}}]}');
  assert v_done #>> '{0,result}' = 'done', 'it stops at the cursor although there would be a next page';
  assert (select count(*) from hera.events e where e.organization_id = v_org and e.event_type = 'campaign_updated') = 4;
  assert (select t.state from hera.connector_tasks t where t.organization_id = v_org and t.kind = 'poll') = '{"cursor": "1767226000000"}';

  -- It fails half-way, by LinkedIn's limit of a day, and begins with the page that failed.
  perform hera_test.set_clock('2026-05-05 21:00:00+00');
  perform hera_test.run_tasks('poll', 200, '{"paging": {"start": 0, "count": 1, "total": 2}, "elements": [{"id": 9, "changeAuditStamps": {"lastModified": {"time": 1767227000000}}}]}');
  assert hera_test.run_tasks('poll', 429, '{}') #>> '{0,result}' = 'retry' and hera_test.fare(v_admin, v_org, 'linkedin-api') = 'active degraded';
  select * into v_task from hera.connector_tasks t where t.organization_id = v_org and t.kind = 'poll';
  assert v_task.due_at = '2026-05-06 00:00:00+00' and v_task.state ->> 'cursor' = '1767226000000' and v_task.state ->> 'page' = '1', v_task::text;
  perform hera_test.set_clock('2026-05-06 00:00:00+00');
  assert hera_test.run_tasks('poll', 200, '{"elements": []}') #>> '{0,result}' = 'done';
  select * into v_task from hera.connector_tasks t where t.organization_id = v_org and t.kind = 'poll';
  assert v_task.state = '{"cursor": "1767227000000"}' and hera_test.fare(v_admin, v_org, 'linkedin-api') = 'active ok', v_task::text;

  -- What is no JSON, or holds a broken item, is no end to it.
  perform hera_test.set_clock('2026-05-06 00:15:00+00');
  assert hera_test.run_tasks('poll', 200, '<html>') #>> '{0,result}' = 'done';
  assert (select t.state from hera.connector_tasks t where t.organization_id = v_org and t.kind = 'poll') = '{"cursor": "1767227000000"}';
  perform hera_test.set_clock('2026-05-06 00:30:00+00');
  assert hera_test.run_tasks('poll', 200, '{"elements": [{"id": "x"}, 5, null, {"changeAuditStamps": {"lastModified": {"time": "z"}}}]}') #>> '{0,result}' = 'done';
  -- The token is refused: nobody can renew it.
  perform hera_test.set_clock('2026-05-06 00:45:00+00');
  assert hera_test.run_tasks('poll', 401, '{"serviceErrorCode": 65600}') #>> '{0,result}' = 'reauth_required';
  assert not exists (select from hera.connector_tasks t where t.organization_id = v_org);
end
$$;

-- Paused it is not polled, resumed it is; the cursor of before is gone with it, the keys are not.
do $$
declare
  v_org uuid;
  v_admin uuid;
begin
  perform hera_test.reach();
  select o.organization, o.admin into v_org, v_admin from hera_test.organization('Polls-2') o;
  perform hera_test.connector(v_admin, v_org, 'INSTALL', 'linkedin-api', '{"client_id": "app", "client_secret": "linkedin-secret-01"}');
  assert not exists (select from hera.connector_tasks t where t.organization_id = v_org);
  perform hera_test.authorize(v_admin, v_org, 'linkedin-api', '{"access_token": "linkedin-access", "expires_in": 5184000}');
  assert (select array_agg(t.kind order by t.kind) from hera.connector_tasks t where t.organization_id = v_org) = '{health,poll,refresh}';
  perform hera_test.connector(v_admin, v_org, 'PAUSE', 'linkedin-api');
  assert (select array_agg(t.kind order by t.kind) from hera.connector_tasks t where t.organization_id = v_org) = '{refresh}';
  perform hera_test.connector(v_admin, v_org, 'RESUME', 'linkedin-api');
  assert (select array_agg(t.kind order by t.kind) from hera.connector_tasks t where t.organization_id = v_org) = '{health,poll,refresh}';
  perform hera_test.connector(v_admin, v_org, 'UNINSTALL', 'linkedin-api');
  assert not exists (select from hera.connector_tasks t where t.organization_id = v_org);
end
$$;
