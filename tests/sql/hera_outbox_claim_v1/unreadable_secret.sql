-- A webhook whose secret was sealed with a key that this session does not have stops no other: its delivery is put off for a minute, without
-- an attempt, and says why.
do $$
declare
  a record := hera_test.organization('A');
  b record := hera_test.organization('B');
  v_lost uuid := hera_test.webhook(a.organization);
  v_whole uuid := hera_test.webhook(b.organization);
  v_lost_delivery uuid := hera_test.delivery(hera_test.event(a.organization), v_lost);
  v_whole_delivery uuid := hera_test.delivery(hera_test.event(b.organization), v_whole);
  v_sealed bytea;
  v_seen jsonb;
begin
  select sealed into v_sealed from hera.secrets where entity_id = v_lost;
  update hera.secrets set sealed = '\x00000000'::bytea || substring(sealed from 5) where entity_id = v_lost;
  assert (select array_agg(c.delivery_id) from hera_outbox_claim_v1('test', 10) c) = array[v_whole_delivery];
  v_seen := hera_webhook_deliveries_v1(a.admin, a.organization) -> 'deliveries' -> 0;
  assert (v_seen ->> 'status', v_seen ->> 'reason', v_seen ->> 'attempts') = ('pending', 'secret_sealed_off', '0'), v_seen::text;

  -- With the key back it is sent as its first attempt.
  update hera.secrets set sealed = v_sealed where entity_id = v_lost;
  perform hera_test.move_clock(interval '61 seconds');
  assert (select array_agg(c.delivery_id || ' ' || c.attempt) from hera_outbox_claim_v1('test', 10) c) = array[v_lost_delivery || ' 1'];
end
$$;
