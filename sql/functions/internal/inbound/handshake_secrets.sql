-- hera_internal.handshake_secrets: {name: [values]} of the secrets that a handshake may be answered with: those of the installation whose
-- address it came to; at the provider app's one address those of the platform's installation first, and those of the others (at most 200).
-- Sets the tenant.
create or replace function hera_internal.handshake_secrets(
  p_code text, p_inbound jsonb, p_by_address boolean, p_address hera_internal.inbound_party)
returns jsonb
language plpgsql
volatile
as $$
declare
  v_names constant text[] := hera_internal.secrets_of_rules(p_inbound);
  v_found record;
  v_secrets jsonb;
  v_all jsonb := jsonb '{}';
  v_name text;
begin
  if p_by_address then
    return case when p_address.installation_id is null then '{}'
      else hera_internal.inbound_secrets(p_address.organization_id, p_address.installation_id, v_names) end;
  end if;
  for v_found in
    select f.organization_id, f.installation_id
    from hera_internal.find_installations(p_code, null, null, null, 200) f
    order by f.organization_id <> hera_internal.platform_id(), f.installation_id
  loop
    perform hera_internal.set_tenant(v_found.organization_id);
    v_secrets := hera_internal.inbound_secrets(v_found.organization_id, v_found.installation_id, v_names);
    for v_name in select jsonb_object_keys(v_secrets)
    loop
      if not coalesce(v_all -> v_name, '[]') @> (v_secrets -> v_name) then
        v_all := v_all || jsonb_build_object(v_name, coalesce(v_all -> v_name, '[]') || (v_secrets -> v_name));
      end if;
    end loop;
    -- The platform's own stand for all.
    exit when v_found.organization_id = hera_internal.platform_id() and v_secrets <> '{}';
  end loop;
  return v_all;
end
$$;
comment on function hera_internal.handshake_secrets(text, jsonb, boolean, hera_internal.inbound_party) is 'The secrets for a handshake.';
