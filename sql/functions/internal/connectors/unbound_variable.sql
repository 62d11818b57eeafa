-- hera_internal.unbound_variable: a variable that a jsonpath reads and nothing binds, or null. It would be an error at each request.
create or replace function hera_internal.unbound_variable(p_path text, p_bound text[])
returns text
language sql
immutable
as $$
  select m[1]
  from regexp_matches(regexp_replace(p_path, '"(\\.|[^"\\])*"', '""', 'g'), '\$([A-Za-z_][A-Za-z0-9_]*)', 'g') m
  where m[1] <> all (p_bound) or m[1] = 'body'
  limit 1;
$$;
comment on function hera_internal.unbound_variable(text, text[]) is 'A variable of a jsonpath that nothing binds.';
