-- Retry-After of 429 and 503: later than the backoff it wins, at most a day; else the backoff holds. Of others it is ignored.
do $$
declare
  v_case record;
  a record;
  v_webhook uuid;
  v_delivery uuid;
begin
  perform hera_test.move_clock('0');
  for v_case in
    select * from (values
      (429, 60, interval '60 s', interval '60 s'), (503, 60, '60 s', '60 s'), (503, 86400, '1 day', '1 day'), (503, 86401, '1 day', '1 day'), (429, 2147483647, '1 day', '1 day'),
      (503, 0, '4.5 s', '5.5 s'), (503, 1, '4.5 s', '5.5 s'), (503, -1, '4.5 s', '5.5 s'), (429, -2147483648, '4.5 s', '5.5 s'),
      (503, null, '4.5 s', '5.5 s'), (429, null, '4.5 s', '5.5 s'),
      (500, 60, '4.5 s', '5.5 s'), (null, 60, '4.5 s', '5.5 s'), (301, 60, '4.5 s', '5.5 s')
    ) as c (status, retry_after, low, high)
  loop
    a := hera_test.organization('A');
    v_webhook := hera_test.webhook(a.organization);
    v_delivery := hera_test.delivery(hera_test.event(a.organization), v_webhook);
    perform hera_test.send(v_case.status, p_retry_after_s => v_case.retry_after);
    assert (select s.due_at - hera_internal.now() from hera.outbox_scheduled s where s.delivery_id = v_delivery) between v_case.low and v_case.high, v_case::text;
  end loop;
end
$$;
