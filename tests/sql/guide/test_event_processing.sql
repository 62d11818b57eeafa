-- Test integration event processing
SELECT hera_integration_event_in_v1(
  '00000000-0000-0000-0000-000000000001'::uuid, -- actor
  '00000000-0000-0000-0000-000000000000'::uuid, -- org
  'test-source',                                -- source
  'test_event',                                -- type
  '{"test": "data"}'::jsonb,                   -- data
  'test-connector',                            -- connector
  'test-123',                                  -- idempotency
  'HERA.TEST.EVENT.v1',                       -- smart_code
  '{}'::jsonb                                  -- options
);
