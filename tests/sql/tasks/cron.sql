-- Cron expressions, in UTC.
do $$
declare
  v_case record;
begin
  for v_case in
    select * from (values
      ('*/15 * * * *', '2026-05-05 20:15:00+00'),
      ('* * * * * *', '2026-05-05 20:00:01+00'),
      ('0 20 * * *', '2026-05-06 20:00:00+00'),
      ('5,35 20 * * *', '2026-05-05 20:05:00+00'),
      ('10-20/5 8 * jan,JUN *', '2026-06-01 08:10:00+00'),
      ('30 9 * * mon-fri', '2026-05-06 09:30:00+00'),
      ('0 0 * * 7', '2026-05-10 00:00:00+00'),
      ('0 0 * * sun', '2026-05-10 00:00:00+00'),
      -- The thirteenth, and each Friday.
      ('5 0 13 * 5', '2026-05-08 00:05:00+00'),
      ('59 59 23 31 12 *', '2026-12-31 23:59:59+00'),
      ('0 0 29 2 *', '2028-02-29 00:00:00+00'),
      ('20 4 1 1-12/3 *', '2026-07-01 04:20:00+00'),
      ('3/20 * * * *', '2026-05-05 20:03:00+00'),
      ('0 0 31 2 *', null), ('60 * * * *', null), ('* 24 * * *', null), ('* * 0 * *', null), ('* * * 13 *', null), ('* * * * 8', null),
      ('*/0 * * * *', null), ('5-1 * * * *', null), ('a * * * *', null), ('* * * *', null), ('* * * * * * *', null), ('', null), ('* * L * *', null),
      ('1,,2 * * * *', null), ('-1 * * * *', null), ('* * * * mon#1', null))
      as c (cron, next_at)
  loop
    assert hera_internal.cron_next(v_case.cron, '2026-05-05 20:00:00+00') is not distinct from v_case.next_at::timestamptz,
      format('%s: %s', v_case.cron, hera_internal.cron_next(v_case.cron, '2026-05-05 20:00:00+00'));
  end loop;
  assert hera_internal.cron_next('0 0 1 1 *', '2026-12-31 23:59:59.9+00') = '2027-01-01 00:00:00+00'
    and hera_internal.cron_next('* * * * * *', '2026-05-05 20:00:00.9+00') = '2026-05-05 20:00:01+00';
  -- A definition needs one that comes to pass, or a number of seconds, not both.
  perform hera_test.refused('PT400', 'connector_config.invalid', hera_test.system(), hera_test.platform(), 'CREATE_DEFINITION', 'cron-test',
    '{"smart_code": "HERA.INTEGRATION.CONNECTOR.TEST.v1", "inbound": {"events": [{"type": "e", "each": [{"as": "item", "path": "$[*]"}], "key": ["$.id"]}]}}'
    || jsonb_build_object('polls', jsonb_build_array('{"code": "p", "event": "e", "url": "https://example.com/"}' || p)))
  from unnest(array['{}', '{"cron": "0 0 31 2 *"}', '{"cron": "* * * * *", "every_s": 60}', '{"every_s": 5}', '{"cron": 5}']::jsonb[]) p;
end
$$;
