-- hera_internal.id_before: the greatest id that is less than the given one, for "below the cursor" as an inclusive bound.
create or replace function hera_internal.id_before(p_id uuid)
returns uuid
language plpgsql
immutable
as $$
declare
  v_bytes bytea := uuid_send(p_id);
begin
  for i in reverse 15 .. 0
  loop
    if get_byte(v_bytes, i) > 0 then
      return encode(set_byte(v_bytes, i, get_byte(v_bytes, i) - 1), 'hex')::uuid;
    end if;
    v_bytes := set_byte(v_bytes, i, 255);
  end loop;
  return p_id;
end
$$;
comment on function hera_internal.id_before(uuid) is 'The id just before.';
