-- What is kept how long, and who says so: the organization, else the platform, else the default.
do $$
declare
  a record := hera_test.organization('A');
  b record := hera_test.organization('B');
  v jsonb;
begin
  perform hera_organization_v1(a.admin, 'UPDATE', jsonb_build_object('id', a.organization, 'settings', '{"retention": {"events": 30, "attempts": "forever"}}'::jsonb));
  perform hera_organization_v1(hera_test.system(), 'UPDATE', jsonb_build_object('id', hera_test.platform(), 'settings', '{"retention": {"events": 60, "dead_letters": 61}}'::jsonb));
  v := hera_retention_v1(a.admin, a.organization);
  assert v -> 'retention' @> '[{"kind": "events", "days": 30, "default_days": 365, "said_by": "organization"}, {"kind": "attempts", "days": null, "said_by": "organization"},
    {"kind": "dead_letters", "days": 61, "said_by": "platform"}, {"kind": "inbound_requests", "days": 30, "said_by": "default"}]', v::text;
  assert not v ? 'organizations' and hera_retention_v1(b.admin, b.organization) -> 'retention' @> '[{"kind": "events", "days": 60, "said_by": "platform"}]';
  v := hera_retention_v1(hera_test.system(), hera_test.platform());
  assert v -> 'retention' @> '[{"kind": "events", "days": 60, "said_by": "platform"}, {"kind": "audit", "days": null, "said_by": "default"}]', v::text;
  assert v -> 'organizations' = jsonb_build_array(jsonb_build_object('organization_id', a.organization, 'organization_name', 'A',
    'retention', '{"events": 30, "attempts": "forever"}'::jsonb)), v::text;
  perform hera_test.raises(format('select hera_retention_v1(%L, %L)', a.admin, b.organization), 'PT403', 'actor_not_member');
end
$$;
