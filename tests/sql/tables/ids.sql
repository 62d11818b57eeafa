-- Ids: UUIDv7 in order of time, and delivery and attempt ids that tell where they belong.
do $$
declare
  v_at constant timestamptz := '2026-03-04 05:06:07.891234+00';
  v_id uuid := hera_internal.new_id(v_at);
  v_delivery uuid := hera_internal.delivery_id(v_id, 65535);
begin
  assert substr(v_id::text, 15, 1) = '7' and substr(v_id::text, 20, 1) ~ '[89ab]', v_id::text;
  assert left(replace(v_id::text, '-', ''), 12)::text = lpad(to_hex((extract(epoch from v_at) * 1000)::bigint), 12, '0');
  assert hera_internal.id_time(v_id) = date_trunc('milliseconds', v_at);
  assert hera_internal.new_id(v_at + interval '1 microsecond') > v_id and hera_internal.new_id(v_at + interval '1 ms') > v_id;
  assert hera_internal.id_floor(v_at) <= v_id and hera_internal.id_floor(v_at + interval '1 ms') > v_id;
  assert right(v_delivery::text, 6) = 'ffff00' and hera_internal.delivery_webhook_no(v_delivery) = 65535 and hera_internal.delivery_event_id(v_delivery) = v_id;
  assert hera_internal.delivery_id(v_id, 258) = (left(v_id::text, 30) || '010200')::uuid and hera_internal.delivery_webhook_no(hera_internal.delivery_id(v_id, 258)) = 258;
  assert hera_internal.attempt_id(v_delivery, 255::smallint) = (left(v_id::text, 30) || 'ffffff')::uuid and hera_internal.delivery_event_id(hera_internal.attempt_id(v_delivery, 255::smallint)) = v_id;
  assert hera_internal.last_delivery_id(v_id) >= v_delivery and hera_internal.id_before('00000000-0000-0000-0000-000000010000') = '00000000-0000-0000-0000-00000000ffff';
  -- Also at the edges of a millisecond, decades from now.
  assert not exists (
    select from generate_series(0, 40) y, unnest(array[0, 1, 500, 998, 999]) us,
      lateral (select v_at + y * interval '1 year' + us * interval '1 microsecond' - interval '234 microseconds' as at) t,
      lateral (select hera_internal.new_id(t.at) as id) i
    where hera_internal.id_time(i.id) <> date_trunc('milliseconds', t.at)
      or substr(i.id::text, 16, 3) <> lpad(to_hex(us * 4096 / 1000), 3, '0') or right(i.id::text, 6) <> '000000');
  assert (select count(distinct hera_internal.new_id(v_at)) from generate_series(1, 1000)) = 1000;
end
$$;
