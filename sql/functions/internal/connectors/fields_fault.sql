-- hera_internal.fields_fault: the fault of the field list of a definition, or null.
create or replace function hera_internal.fields_fault(p_fields jsonb)
returns text
language sql
stable
as $$
  select format('connector_config.fields[%s].%s', f.n - 1, case
      when f.occurrence > 1 then 'name is there twice'
      when f.is_secret and f.field ->> 'type' not in ('string', 'url') then 'type of a secret must be string or url'
      when f.has_default and f.default_fault is not null then 'default ' || f.default_fault
      when f.has_default then 'default is for a field that is no secret'
      when f.has_choices then 'choices are for a field of type string that is no secret'
      else 'made_if_absent is for a secret of type string that is not required'
    end)
  from (
    select e.field, e.n,
      row_number() over (partition by e.field ->> 'name' order by e.n) as occurrence,
      coalesce((e.field -> 'secret')::boolean, false) as is_secret,
      coalesce((e.field -> 'required')::boolean, false) as is_required,
      coalesce((e.field -> 'made_if_absent')::boolean, false) as is_made,
      e.field ? 'default' as has_default, case when e.field ? 'default' then hera_internal.field_fault(e.field, e.field -> 'default') end as default_fault,
      e.field ? 'choices' as has_choices
    from jsonb_array_elements(p_fields) with ordinality e (field, n)) f
  where f.occurrence > 1
    or f.is_secret and f.field ->> 'type' not in ('string', 'url')
    or f.has_default and (f.is_secret or f.default_fault is not null)
    or f.has_choices and (f.is_secret or f.field ->> 'type' <> 'string')
    or f.is_made and (not f.is_secret or f.is_required or f.field ->> 'type' <> 'string')
  order by f.n
  limit 1;
$$;
comment on function hera_internal.fields_fault(jsonb) is 'The fault of a field list, or null.';
