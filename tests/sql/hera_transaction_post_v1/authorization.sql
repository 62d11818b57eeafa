-- Members post and read, strangers do neither, and no organization sees another's transactions.
do $$
declare
  a record := hera_test.organization('A');
  b record := hera_test.organization('B');
  v_member uuid := hera_test.member(a.organization, 'member');
  v_tx constant jsonb := '{"transaction_type": "sale", "smart_code": "HERA.SHOP.TXN.SALE.v1"}';
  v_id uuid := (hera_transaction_post_v1(v_member, a.organization, v_tx) ->> 'transaction_id')::uuid;
  v_actor uuid;
begin
  assert hera_transaction_get_v1(v_member, a.organization, v_id) @> '{"success": true}';
  assert jsonb_array_length(hera_transaction_list_v1(v_member, a.organization) -> 'transactions') = 1;
  foreach v_actor in array array[b.admin, gen_random_uuid()]
  loop
    perform hera_test.raises(format('select hera_transaction_post_v1(%L, %L, %L)', v_actor, a.organization, v_tx), 'PT403', 'actor_not_member');
    perform hera_test.raises(format('select hera_transaction_get_v1(%L, %L, %L)', v_actor, a.organization, v_id), 'PT403', 'actor_not_member');
    perform hera_test.raises(format('select hera_transaction_list_v1(%L, %L)', v_actor, a.organization), 'PT403', 'actor_not_member');
  end loop;
  perform hera_test.raises(format('select hera_transaction_post_v1(null, %L, %L)', a.organization, v_tx), 'PT401', 'identity_not_resolved');
  perform hera_test.raises(format('select hera_transaction_get_v1(%L, %L, %L)', b.admin, b.organization, v_id), 'PT404', 'not_found');
  perform hera_test.raises(format('select hera_transaction_get_v1(%L, %L, %L)', b.admin, b.organization, gen_random_uuid()), 'PT404', 'not_found');
  assert hera_transaction_list_v1(b.admin, b.organization) = '{"success": true, "transactions": [], "next_cursor": null}';
end
$$;
