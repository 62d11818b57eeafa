-- JSON Merge Patch: the examples of RFC 7396, appendix A.
do $$
declare
  v record;
begin
  for v in
    select * from (values ('{"a":"b"}', '{"a":"c"}', '{"a":"c"}'), ('{"a":"b"}', '{"b":"c"}', '{"a":"b","b":"c"}'), ('{"a":"b"}', '{"a":null}', '{}'),
      ('{"a":"b","b":"c"}', '{"a":null}', '{"b":"c"}'), ('{"a":["b"]}', '{"a":"c"}', '{"a":"c"}'), ('{"a":"c"}', '{"a":["b"]}', '{"a":["b"]}'),
      ('{"a":{"b":"c"}}', '{"a":{"b":"d","c":null}}', '{"a":{"b":"d"}}'), ('{"a":[{"b":"c"}]}', '{"a":[1]}', '{"a":[1]}'), ('["a","b"]', '["c","d"]', '["c","d"]'),
      ('{"a":"b"}', '["c"]', '["c"]'), ('{"a":"foo"}', '"bar"', '"bar"'), ('{"e":null}', '{"a":1}', '{"e":null,"a":1}'), ('[1,2]', '{"a":"b","c":null}', '{"a":"b"}'),
      ('{}', '{"a":{"bb":{"ccc":null}}}', '{"a":{"bb":{}}}')) m (original, patch, result)
  loop
    assert hera_internal.merge_json(v.original::jsonb, v.patch::jsonb) = v.result::jsonb, v::text;
  end loop;
end
$$;
