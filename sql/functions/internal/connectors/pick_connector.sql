-- hera_internal.pick_connector: the one of a type that stands for its connector: the live one, else the newest.
create or replace function hera_internal.pick_connector(p_connectors jsonb, p_type text)
returns jsonb
language sql
immutable
as $$
  select c.value
  from jsonb_array_elements(p_connectors) with ordinality c (value, n)
  where c.value ->> 'type' = p_type
  order by c.value ->> 'status' = 'inactive', c.n desc
  limit 1;
$$;
comment on function hera_internal.pick_connector(jsonb, text) is 'The live or newest connector of a type.';
