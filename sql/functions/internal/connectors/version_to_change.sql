-- hera_internal.version_to_change: the version of a definition that a change is merged into: the one that it names if that is there, else the
-- newest, which a higher version is made of.  Errors: PT409 connector.version where an older one is named that is not there.
create or replace function hera_internal.version_to_change(p_definition_id uuid, p_version jsonb)
returns jsonb
language plpgsql
stable
as $$
declare
  v_newest constant jsonb := hera_internal.definition_version(p_definition_id, null);
  v_version int;
begin
  -- What is no number is found by the check of the whole.
  if jsonb_typeof(p_version) is distinct from 'number' or p_version::text !~ '^[0-9]{1,9}$' then
    return v_newest;
  end if;
  v_version := p_version::int;
  if v_version >= (v_newest ->> 'version')::int then
    return v_newest;
  elsif not hera_internal.versions_of(p_definition_id) @> to_jsonb(v_version) then
    perform hera_internal.fail(409, 'connector.version', format('Version %s is older than the newest and was never there.', v_version),
      format('Give one of %s to mend it, or a higher one to add it.', hera_internal.versions_of(p_definition_id)));
  end if;
  return hera_internal.definition_version(p_definition_id, v_version);
end
$$;
comment on function hera_internal.version_to_change(uuid, jsonb) is 'The version that a change is merged into.';
