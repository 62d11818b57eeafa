-- as login
-- Roles are objects of the cluster: another database may have made them already, and two deployments may race to
-- make them, so each one tolerates being there. Who may do what is told in docs/roles.md.
do $$
declare
  v_role text;
begin
  foreach v_role in array array[
    'hera_owner nologin',
    'hera_worker_owner nologin',
    'hera_view nologin',
    'hera_api login',
    'hera_worker login',
    'hera_dba nologin',
    'hera_reader nologin',
    'hera_migrator nologin'
  ]
  loop
    begin
      if to_regrole(split_part(v_role, ' ', 1)) is null then
        execute 'create role ' || v_role;
      end if;
    exception
      when duplicate_object or unique_violation then null;
    end;
  end loop;

  -- The deploying login creates objects in the name of their owners. From PostgreSQL 16 on a membership
  -- carries the right to SET ROLE separately, and the creator of a role does not have it by itself.
  foreach v_role in array array['hera_owner', 'hera_worker_owner', 'hera_view']
  loop
    if not pg_has_role(current_user, v_role, 'usage')
      or (current_setting('server_version_num')::int >= 160000 and not pg_has_role(current_user, v_role, 'set')) then
      if current_setting('server_version_num')::int >= 160000 then
        execute format('grant %I to current_user with inherit true, set true', v_role);
      else
        execute format('grant %I to current_user', v_role);
      end if;
    end if;
  end loop;
end
$$;
