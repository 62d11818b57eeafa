do $$
declare
  a record := hera_test.organization('A');
  b record := hera_test.organization('B');
  v_hook uuid := hera_test.webhook(b.organization);
  v jsonb;
begin
  v := hera_integration_export_v1(a.admin, a.organization);
  assert v #>> '{organizations,0,id}' = a.organization::text and v #> '{organizations,0,webhooks}' = '[]'
    and v #> '{organizations,0,definitions}' = '[]', v::text;
  assert v::text !~ v_hook::text;
  assert exists (select from hera.audit_log l where l.organization_id = a.organization and l.function_name = 'hera_integration_export_v1');
  perform hera_test.raises(format('select hera_integration_export_v1(%L, %L, ''{"secret": true}'')', a.admin, a.organization), 'PT400', 'options.unknown');
  perform hera_test.raises(format('select hera_integration_export_v1(%L, %L, ''{"secrets": 1}'')', a.admin, a.organization), 'PT400', 'options.invalid');
end
$$;
