-- LIST answers all, or pages of them that stay stable while webhooks are added; narrowed by status.
do $$
declare
  a record := hera_test.organization('A');
  b record := hera_test.organization('B');
  v_ids uuid[] := array(select hera_test.webhook(a.organization, jsonb_build_object('url', 'https://example.com/' || n)) from generate_series(1, 5) n);
  v_foreign uuid := hera_test.webhook(b.organization);
  v_seen jsonb := '[]';
  v jsonb := '{}';
begin
  assert jsonb_array_length(hera_webhook_config_v1(a.admin, a.organization) -> 'webhooks') = 5;
  loop
    v := hera_webhook_config_v1(a.admin, a.organization, 'LIST', jsonb_strip_nulls(jsonb_build_object('limit', 2, 'cursor', v -> 'next_cursor')));
    assert jsonb_array_length(v -> 'webhooks') <= 2;
    v_seen := v_seen || jsonb_path_query_array(v, '$.webhooks[*].id');
    exit when v -> 'next_cursor' = 'null';
    if jsonb_array_length(v_seen) = 4 then
      v_ids := v_ids || hera_test.webhook(a.organization);
      perform hera_webhook_config_v1(a.admin, a.organization, 'DELETE', p_webhook_id => v_ids[4]);
    end if;
  end loop;
  assert v_seen = to_jsonb(v_ids), v_seen::text;
  assert jsonb_path_query_array(hera_webhook_config_v1(a.admin, a.organization, 'LIST', '{"status": "inactive"}'), '$.webhooks[*].id') = to_jsonb(v_ids[4:4]);
  assert jsonb_array_length(hera_webhook_config_v1(a.admin, a.organization, 'LIST', jsonb_build_object('status', 'active', 'limit', 1000, 'cursor', v_ids[4])) -> 'webhooks') = 2,
    'a cursor whose own row is filtered out still holds its place';

  perform hera_test.raises(format('select hera_webhook_config_v1(%L, %L, ''LIST'', %L)', a.admin, a.organization, f), 'PT400', 'webhook_config.invalid')
  from unnest(array['{"limit": 0}', '{"limit": 1001}', '{"limit": "x"}', '{"cursor": "x"}', jsonb_build_object('cursor', v_foreign)::text, '[]', '5']) f;
  perform hera_test.raises(format('select hera_webhook_config_v1(%L, %L, ''LIST'', ''{"colour": "red"}'')', a.admin, a.organization), 'PT400', 'webhook_config.unknown');
end
$$;
