-- Test connector management
SELECT hera_integration_connector_v1(
  '00000000-0000-0000-0000-000000000001'::uuid, -- actor
  '00000000-0000-0000-0000-000000000000'::uuid, -- org
  'LIST',                                       -- operation
  'INTEGRATION_CONNECTOR_DEF',                  -- type
  null,                                        -- code
  '{}'::jsonb,                                 -- config
  '{}'::jsonb,                                 -- install_config
  '{}'::jsonb                                  -- options
);
