-- hera_internal.path_walks: may a path of a transform walk an array? Others are read in strict mode, where a step takes one member.
create or replace function hera_internal.path_walks(p_path text)
returns boolean
language plpgsql
immutable
as $$
begin
  -- The plain path of most transforms, without a regular expression.
  if ltrim(p_path) like '$%' and translate(p_path, '*?[(', '') = p_path then
    return false;
  end if;
  return p_path ~* '[*?]|keyvalue|\[[^]]*\mto\M|^\s*(lax|strict)';
end
$$;
grant execute on function hera_internal.path_walks(text) to hera_worker_owner;
comment on function hera_internal.path_walks(text) is 'True for a path with a wildcard, filter, range, keyvalue() or a mode of its own.';
