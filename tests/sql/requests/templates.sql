-- Templates: what is encoded where, what is left out, and what is refused.
do $$
declare
  v_values constant jsonb := '{"vars.api": "https://h/v1", "vars.path": "x/y", "fields.hook": "https://x/y?z=1", "input.a": "a b/ü&=%", "input.n": 7, "input.o": {"k": ["{{input.a}}"]},
    "input.dots": "..", "input.crlf": "a\r\nb", "input.empty": "", "input.text": "a|b{c}@[d](e)<f>#g*h_i~j\\k"}';
begin
  assert hera_internal.url_encode('aZ09-._~ /?é€+') = 'aZ09-._~%20%2F%3F%C3%A9%E2%82%AC%2B' and hera_internal.url_encode('') = '';
  assert hera_internal.fill_url('{{vars.api}}/x/{{input.a}}', null, v_values) = 'https://h/v1/x/a%20b%2F%C3%BC%26%3D%25';
  assert hera_internal.fill_url('https://h/{{vars.path}}', null, v_values) = 'https://h/x/y', 'vars are parts of a URL';
  assert hera_internal.fill_url('{{fields.hook}}', '{"q": "{{input.n}}", "gone": "{{input.none}}"}', v_values) = 'https://x/y?z=1&q=7';
  assert hera_internal.fill_url('https://h/', '{"search": "(a:(v:List({{input.a}})))", "fields": "a,b"}', v_values)
    = 'https://h/?fields=a,b&search=(a:(v:List(a%20b%2F%C3%BC%26%3D%25)))';
  perform hera_test.raises(format('select hera_internal.fill_url(%L, null, %L)', 'https://h/a/{{input.dots}}/b', v_values), 'PT400', 'request.url');
  perform hera_test.raises(format('select hera_internal.fill_url(%L, null, %L)', 'https://{{input.a}}/', v_values), 'PT400', 'request.url');
  perform hera_test.raises(format('select hera_internal.fill_url(%L, null, %L)', 'https://h/a/{{input.empty}}', v_values), 'PT400', 'request.incomplete');
  perform hera_test.raises(format('select hera_internal.fill_url(%L, null, %L)', 'https://h/a/{{input.none}}', v_values), 'PT400', 'request.incomplete');
  perform hera_test.raises(format('select hera_internal.fill_url(%L, null, %L)', '{{input.a}}', v_values), 'PT400', 'request.url');

  assert hera_internal.fill_json('{"n": "{{input.n}}", "o": "{{ input.o }}", "t": "n={{input.n}}", "gone": "{{input.none}}", "l": ["{{input.none}}", 1, true, null]}', v_values)
    = '{"n": 7, "o": {"k": ["{{input.a}}"]}, "t": "n=7", "l": [1, true, null]}', 'a value is not looked at again';
  assert hera_internal.fill_text('{{input.text|escape_linkedin}}', v_values) = 'a\|b\{c\}\@\[d\]\(e\)\<f\>\#g\*h\_i\~j\\k';
  assert hera_internal.fill_text('{{input.n | base64}}', v_values) = 'Nw==';
  perform hera_test.raises($t$select hera_internal.fill_text('{{input.n|other}}', '{"input.n": 1}')$t$, 'PT400', 'request.filter');

  assert hera_internal.fill_headers('{"X-A": "n {{input.n}}", "X-B": "{{input.none}}"}', v_values) = '{"X-A": "n 7"}';
  perform hera_test.raises(format('select hera_internal.fill_headers(%L, %L)', '{"X-A": "{{input.crlf}}"}', v_values), 'PT400', 'request.header');
  perform hera_test.raises(format('select hera_internal.fill_headers(%L, %L)', '{"X A": "1"}', v_values), 'PT400', 'request.header');
  assert hera_internal.fill_query('{"b": "{{input.a}}", "a b": "1 2"}', v_values) = 'a%20b=1%202&b=a%20b%2F%C3%BC%26%3D%25';
end
$$;
