-- hera_internal.fill_url: the URL of a request with its query. Where it leads is judged when it is sent; here it must be one URL
-- that every reader understands alike, so that no value reaches another resource than the template means.
-- Errors: PT400 request.incomplete where a placeholder has no value, request.url.
create or replace function hera_internal.fill_url(p_url text, p_query jsonb, p_values jsonb)
returns text
language plpgsql
immutable
as $$
declare
  v_url text := hera_internal.fill_text(p_url, p_values, 'url');
  v_query constant text := hera_internal.fill_query(p_query, p_values);
  v_missing text;
begin
  select btrim(split_part(m[1], '|', 1)) into v_missing
  from regexp_matches(p_url, '\{\{([^{}]*)\}\}', 'g') m
  where coalesce(p_values ->> btrim(split_part(m[1], '|', 1)), '') = ''
  limit 1;
  if found then
    perform hera_internal.fail(400, 'request.incomplete', format('The address of the request needs {{%s}}, which is empty.', v_missing),
      'Give it with the input, or CONFIGURE the installation.');
  end if;
  if v_query is not null then
    v_url := v_url || case when strpos(v_url, '?') > 0 then '&' else '?' end || v_query;
  end if;
  if length(v_url) > 8192
    or v_url collate "C" !~ '^https?://([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?([/?][\x21-\x22\x24-\x5b\x5d-\x7e]*)?$'
    or split_part(v_url, '?', 1) ~* '/(\.|%2e){1,2}(/|$)' then
    perform hera_internal.fail(400, 'request.url', 'The address of the request would not be a sound URL of at most 8192 characters.',
      'Look at the fields of the installation and the input that it is made of.');
  end if;
  return v_url;
end
$$;
comment on function hera_internal.fill_url(text, jsonb, jsonb) is 'Fills the placeholders of a URL and its query.';
