-- hera_internal.find_installations: live installations of a connector in whatever organization: the one of an id, those of which one of the
-- given fields has one of the given values, or (p_values null) all. Oldest first, at most p_limit.
-- This one lookup sees more than one organization: a policy opens the rows of the connector that a setting names, while it runs.
create or replace function hera_internal.find_installations(
  p_code text, p_installation_id uuid, p_fields text[], p_values text[], p_limit int,
  out organization_id uuid, out installation_id uuid)
returns setof record
language plpgsql
volatile
as $$
begin
  perform set_config('hera.inbound_connector', p_code, true);
  if p_installation_id is not null then
    return query
    select f.organization_id, f.installation_id
    from hera.installation_fields f
    where f.connector_code = p_code and f.field_name = '' and f.field_value = '' and f.installation_id = p_installation_id;
  elsif p_values is null then
    return query
    select f.organization_id, f.installation_id
    from hera.installation_fields f
    where f.connector_code = p_code and f.field_name = '' and f.field_value = ''
    order by f.installation_id
    limit p_limit;
  else
    return query
    select distinct on (f.installation_id) f.organization_id, f.installation_id
    from hera.installation_fields f
    where f.connector_code = p_code and f.field_name = any (p_fields) and f.field_value = any (p_values)
    order by f.installation_id
    limit p_limit;
  end if;
  perform set_config('hera.inbound_connector', '', true);
end
$$;
comment on function hera_internal.find_installations(text, uuid, text[], text[], int) is 'Installations of a connector across organizations.';
