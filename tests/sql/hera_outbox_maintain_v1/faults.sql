-- A step that fails is undone and reported, and the others run.
do $$
declare
  a record := hera_test.organization('A');
  v jsonb;
begin
  update hera.core_organizations set settings = '{"retention": {"events": "soon"}}' where id = a.organization;
  perform hera_test.audited(a.organization, 3);
  perform hera_test.move_clock('1 day');
  v := hera_outbox_maintain_v1();
  assert v -> 'success' = 'false' and v #>> '{retention,sqlstate}' = '22P02' and v #> '{retention,fault}' is not null, v::text;
  assert (v #> '{audit,sealed}')::int >= 3, v::text;
end
$$;

-- Retention settings are checked when they are saved.
do $$
declare
  a record := hera_test.organization('A');
  v_case record;
begin
  for v_case in
    select * from (values
      ('settings.invalid', '[]'), ('settings.unknown', '{"event": 1}'), ('settings.invalid', '{"events": 0}'), ('settings.invalid', '{"events": -1}'),
      ('settings.invalid', '{"events": 1.5}'), ('settings.invalid', '{"events": "10"}'), ('settings.invalid', '{"events": null}'),
      ('settings.invalid', '{"events": 36501}'), ('settings.invalid', '{"events": 1e9}'), ('settings.invalid', '{"audit": 89}')
    ) as c (code, retention)
  loop
    perform hera_test.raises(format('select hera_organization_v1(%L, ''UPDATE'', %L)', a.admin,
      jsonb_build_object('id', a.organization, 'settings', jsonb_build_object('retention', v_case.retention::jsonb))), 'PT400', v_case.code);
  end loop;
  perform hera_organization_v1(a.admin, 'UPDATE', jsonb_build_object('id', a.organization, 'settings',
    '{"retention": {"events": 1, "attempts": 36500, "audit": 90, "dead_letters": "forever", "idempotency_keys": 1, "replay_jobs": 1}}'::jsonb));
end
$$;
