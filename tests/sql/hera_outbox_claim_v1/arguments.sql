-- Worker, limit and lease have bounds.
select hera_test.raises(c.call, 'PT400', c.code)
from (values
  ('select hera_outbox_claim_v1(null)', 'outbox.bad_worker'),
  ('select hera_outbox_claim_v1('''')', 'outbox.bad_worker'),
  ('select hera_outbox_claim_v1(repeat(''w'', 201))', 'outbox.bad_worker'),
  ('select hera_outbox_claim_v1(''w'', 0)', 'outbox.bad_limit'),
  ('select hera_outbox_claim_v1(''w'', 1001)', 'outbox.bad_limit'),
  ('select hera_outbox_claim_v1(''w'', null)', 'outbox.bad_limit'),
  ('select hera_outbox_claim_v1(''w'', 1, 0, 0)', 'outbox.bad_lease'),
  ('select hera_outbox_claim_v1(''w'', 1, 0, 3601)', 'outbox.bad_lease'),
  ('select hera_outbox_claim_v1(''w'', 1, 0, null)', 'outbox.bad_lease')) as c (call, code);

-- Nothing due is no row. A null cursor is 0.
do $$
begin
  assert (select count(*) from hera_outbox_claim_v1(repeat('w', 200), 1000, null, 3600)) = 0;
  assert not exists (select from hera.outbox_leases);
end
$$;
