-- hera_internal.organization_fault: what is wrong with the name or code of an organization, or null.
create or replace function hera_internal.organization_fault(p_name text, p_code text)
returns text
language sql
immutable
return case
  when coalesce(btrim(p_name), '') = '' or length(p_name) > 200 then 'organization.name must have 1 to 200 characters'
  when p_code is null or p_code !~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$' then 'organization.code must have 1 to 63 letters, digits, dots, dashes or underscores'
end;
comment on function hera_internal.organization_fault(text, text) is 'The fault of an organization''s name or code, or null.';
