-- The schema says what the shape says, of the first and the last key.
do $$
declare
  v_schema jsonb := hera_connector_schema_v1(hera_test.system(), hera_test.platform());
begin
  assert v_schema ->> '$schema' = 'https://json-schema.org/draft/2020-12/schema' and v_schema -> 'required' = '["smart_code"]' and v_schema -> 'additionalProperties' = 'false';
  assert v_schema #> '{properties,auth,properties,type,enum}' = '["api_key", "oauth2", "webhook", "none"]';
  assert v_schema #> '{properties,test_vectors,items,required}' = '["name", "secret", "signature", "valid"]';
  assert v_schema #> '{properties,vars,additionalProperties,type}' = '"string"';
  assert (select array_agg(k order by k) from jsonb_object_keys(v_schema -> 'properties') k) = array(select k from unnest(hera_internal.definition_keys()) k order by k);
end
$$;
