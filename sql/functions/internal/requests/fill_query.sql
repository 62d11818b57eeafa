-- hera_internal.fill_query: {name: template} as name=value&…, percent-encoded, in order of the names: a query, or a form. One whose
-- placeholder has no value is left out.
create or replace function hera_internal.fill_query(p_query jsonb, p_values jsonb)
returns text
language sql
immutable
as $$
  select string_agg(hera_internal.url_encode(f.key) || '=' || f.value, '&' order by f.key collate "C")
  from (select q.key, hera_internal.fill_text(q.value, p_values, 'query') as value from jsonb_each_text(p_query) q) f
  where f.value is not null;
$$;
comment on function hera_internal.fill_query(jsonb, jsonb) is 'Fills the placeholders of a query or form.';
