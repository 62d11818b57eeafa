using Hera.PgCore.Migrations;

namespace Hera.PgCore.Tests.Migrations;

/// <summary>A small tree of scripts with one of each kind; tests add, change and remove by path.</summary>
internal sealed class Samples : Dictionary<string, string>
{
    public const string Table = "migrations/0003_things.sql";
    public const string Helper = "functions/internal/things/answer.sql";
    public const string Api = "functions/api/things/hera_things_v1.sql";
    public const string Worker = "functions/worker/hera_outbox_things_v1.sql";
    public const string View = "views/core_things.sql";
    public const string Seed = "seeds/things.sql";

    public Samples()
    {
        this["migrations/0001_roles.sql"] = """
            do $$
            declare
              v_role text;
            begin
              foreach v_role in array array[
                'hera_owner', 'hera_worker_owner', 'hera_view', 'hera_api', 'hera_worker', 'hera_dba', 'hera_reader', 'hera_migrator']
              loop
                begin
                  if to_regrole(v_role) is null then
                    execute 'create role ' || v_role;
                  end if;
                exception when duplicate_object or unique_violation then null;
                end;
              end loop;
              if current_setting('server_version_num')::int >= 160000 then
                execute 'grant hera_owner, hera_worker_owner, hera_view to current_user with inherit true, set true';
              else
                execute 'grant hera_owner, hera_worker_owner, hera_view to current_user';
              end if;
            end
            $$;
            """;
        this["migrations/0002_schemas.sql"] = """
            -- as login
            create schema hera_internal authorization hera_owner;
            grant usage, create on schema public to hera_owner, hera_worker_owner, hera_view;
            grant usage on schema hera, hera_internal to hera_worker_owner, hera_view;
            """;
        this[Table] = """
            create table hera.things (id int primary key, name text not null);
            comment on table hera.things is 'Things.';
            comment on column hera.things.name is 'What it is called | by people.';
            grant select on hera.things to hera_view;
            """;
        this[Helper] = Function("hera_internal.answer", "42");
        this[Api] = Function("public.hera_things_v1", "hera_internal.answer()", grantee: "hera_api");
        this[Worker] = Function("public.hera_outbox_things_v1", "1", grantee: "hera_worker");
        this[View] = "create or replace view public.core_things as select id, name from hera.things;";
        this[Seed] = "insert into hera.things values (1, 'one') on conflict (id) do update set name = excluded.name;";
    }

    public ScriptSet Set => new(this);

    public static string Function(string name, string expression, string? grantee = null) => $"""
        -- {name}: answers.
        create or replace function {name}() returns int
        language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
        begin
          return {expression};
        end
        $$;
        revoke all on function {name}() from public;
        comment on function {name}() is 'Answers a number.';
        {(grantee is null ? "" : $"grant execute on function {name}() to {grantee};")}
        """;
}
