-- hera_internal.imported_id: the id that a thing of a backup has in an organization. Its own where it comes home and the id is not that of
-- another kind of thing; else one made of both, so that importing again finds it.
create or replace function hera_internal.imported_id(p_organization_id uuid, p_source_id uuid, p_id uuid, p_type text)
returns uuid
language plpgsql
stable
as $$
begin
  if p_organization_id = p_source_id and not exists (
    select from hera.core_entities e where e.organization_id = p_organization_id and e.id = p_id and e.entity_type <> p_type) then
    return p_id;
  end if;
  -- UUIDv8 (RFC 9562): the bytes are ours to choose.
  return encode(set_byte(set_byte(v.bytes, 6, 128 + get_byte(v.bytes, 6) % 16), 8, 128 + get_byte(v.bytes, 8) % 64), 'hex')::uuid
  from (select substring(sha256(uuid_send(p_organization_id) || uuid_send(p_source_id) || uuid_send(p_id)) for 16) as bytes) v;
end
$$;
comment on function hera_internal.imported_id(uuid, uuid, uuid, text) is 'Maps an id of a backup.';
