namespace Hera.PgCore.Tests.Http;

/// <summary>Functions as a later deployment might bring them: every kind of result and of argument.</summary>
internal static class RestFunctions
{
    public const string Sql = """
        create function public.hera_test_nothing_v1(p_actor_user_id uuid) returns void language sql volatile as '';
        create function public.hera_test_rows_v1(p_actor_user_id uuid, p_names text[]) returns table (name text, place bigint) language sql stable
          as 'select * from unnest(p_names) with ordinality';
        create function public.hera_test_number_v1(p_actor_user_id uuid, p_number int) returns int language sql stable as 'select p_number + 1';
        create function public.hera_test_echo_v1(p_actor_user_id uuid, p_organization_id uuid, p_text text default 'none', p_day date default '2026-01-31',
          p_flag boolean default false, p_number numeric default 0, p_ids uuid[] default '{}', p_json jsonb default '{}') returns jsonb language sql stable
          as 'select to_jsonb(x) from (select p_actor_user_id, p_organization_id, p_text, p_day, p_flag, p_number, p_ids, p_json) x';
        create function public.hera_test_nobody_v1(p_text text) returns text language sql stable as 'select p_text';
        create function public.hera_test_not_granted_v1(p_actor_user_id uuid) returns jsonb language sql stable as $$ select '{}'::jsonb $$;
        do $$ declare f regprocedure; begin
          for f in select p.oid from pg_proc p where p.proname like 'hera\_test\_%' loop
            execute format('revoke all on function %s from public', f);
            execute format('grant execute on function %s to hera_api', f);
          end loop;
          revoke all on function public.hera_test_not_granted_v1(uuid) from hera_api;
        end $$;
        """;
}
