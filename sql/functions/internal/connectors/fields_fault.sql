-- hera_internal.fields_fault: the fault of the field list of a definition, or null.
create or replace function hera_internal.fields_fault(p_fields jsonb)
returns text
language sql
immutable
as $$
  select format('connector_config.fields[%s].%s', f.n - 1, case
      when f.occurrence > 1 then 'name is there twice'
      when f.is_secret and f.field ->> 'type' not in ('string', 'url') then 'type of a secret must be string or url'
      else 'made_if_absent is for a secret of type string that is not required'
    end)
  from (
    select e.field, e.n,
      row_number() over (partition by e.field ->> 'name' order by e.n) as occurrence,
      coalesce((e.field -> 'secret')::boolean, false) as is_secret,
      coalesce((e.field -> 'required')::boolean, false) as is_required,
      coalesce((e.field -> 'made_if_absent')::boolean, false) as is_made
    from jsonb_array_elements(p_fields) with ordinality e (field, n)) f
  where f.occurrence > 1
    or f.is_secret and f.field ->> 'type' not in ('string', 'url')
    or f.is_made and (not f.is_secret or f.is_required or f.field ->> 'type' <> 'string')
  order by f.n
  limit 1;
$$;
comment on function hera_internal.fields_fault(jsonb) is 'The fault of a field list, or null.';
