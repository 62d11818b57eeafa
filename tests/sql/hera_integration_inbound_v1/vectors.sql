-- HubSpot's v3 vectors as they stand: the address is the provider's, the time is theirs, so the clock is set to it.
do $$
declare
  v_acme record := hera_test.organization('acme');
  v_secret constant text := 'yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy';
  v_b1 constant text := '[{"eventId":1,"subscriptionId":12345,"portalId":62515,"occurredAt":1564113600000,"subscriptionType":"contact.creation","attemptNumber":0,"objectId":123,"changeSource":"CRM","changeFlag":"NEW","appId":54321}]';
  v_uri constant text := 'https://hera.example.com/in/hubspot-crm/acme?email=a%40b.com&path=%2Fx%2Fy&q=a%20b%26c%3D1&raw=%253A';
  v_case record;
  v_answer jsonb;
begin
  perform set_config('hera_test.now', '2026-01-01 00:01:00+00', true);
  perform hera_test.install(v_acme.organization, 'hubspot-crm', jsonb_build_object('client_id', 'c', 'client_secret', v_secret, 'portal_id', '62515'));
  for v_case in
    values (v_uri, v_b1, 'OcBjyCEX9arIF27iKOTqL432aSCnEYjJPfuAsJ4m0Bg=', 200, '2026-01-01 00:05:00+00'),
      (v_uri, v_b1, 'hrWc5pCQAubHkKjBvIS2/S9t9rsXiPxN10puSLmGxc4=', 401, '2026-01-01 00:01:00+00'),
      (v_uri, v_b1, 'Pac2lWpZt5cdUjWbGuvYoLn1S6DGa3w5XT3LXkcwvys=', 401, '2026-01-01 00:01:00+00'),
      (v_uri, v_b1, 'OcBjyCEX9arIF27iKOTqL432aSCnEYjJPfuAsJ4m0Bg=', 401, '2026-01-01 00:05:01+00'),
      (v_uri, v_b1, 'OcBjyCEX9arIF27iKOTqL432aSCnEYjJPfuAsJ4m0Bg=', 401, '2025-12-31 23:54:59+00'),
      ('https://www.example.com/webhook_uri', '{"example_field":"example_value"}', 'TT+Iwr8k5CYrUppjgQTxIC1o4NzJ7hQNLx3D+XDGKAc=', 200, '2026-01-01 00:01:00+00')
  loop
    perform set_config('hera_test.now', v_case.column5, true);
    v_answer := hera_integration_inbound_v1('POST', v_case.column1,
      jsonb_build_object('X-HUBSPOT-signature-V3', v_case.column3, 'X-HubSpot-Request-Timestamp', '1767225600000'), convert_to(v_case.column2, 'UTF8'), 'hubspot-crm');
    assert (v_answer ->> 'status')::int = v_case.column4, v_case::text || v_answer::text;
  end loop;
  assert hera_test.events_of(v_acme.organization) = array['contact_created processed', 'unmapped failed'], hera_test.events_of(v_acme.organization)::text;
end
$$;
