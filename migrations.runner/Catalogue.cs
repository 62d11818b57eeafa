using Dapper;
using Npgsql;

namespace Hera.PgCore.Migrations;

/// <summary>
/// What the catalogue says of functions. The search_path decides which names are shown qualified: callers keep it at <c>public</c>.
/// </summary>
internal static class Catalogue
{
    /// <summary>Hash of all functions of the given names (schema.name), owner and privileges included; null where none exists.</summary>
    public static string? Fingerprint(NpgsqlConnection connection, IReadOnlyList<string> names) =>
        names.Count == 0 ? null : connection.ExecuteScalar<string?>("""
            select encode(sha256(convert_to(string_agg(f.definition, E'\n' order by f.definition collate "C"), 'UTF8')), 'hex')
            from (
              select format(E'%s\nowner %s\n%s', pg_get_functiondef(p.oid), pg_get_userbyid(p.proowner), (
                select string_agg(a::text, ',' order by a::text collate "C")
                from unnest(coalesce(p.proacl, acldefault('f', p.proowner))) a)) as definition
              from pg_proc p join pg_namespace n on n.oid = p.pronamespace
              where n.nspname || '.' || p.proname = any (@names) and p.prokind in ('f', 'p')
            ) f
            """, new { names });

    /// <summary>The names of all functions that are ours by their schema and name; those of extensions are not.</summary>
    public static IReadOnlyList<string> FunctionNames(NpgsqlConnection connection) =>
        connection.Query<string>("""
            select distinct n.nspname || '.' || p.proname
            from pg_proc p join pg_namespace n on n.oid = p.pronamespace
            where (n.nspname = 'hera_internal' or n.nspname = 'public' and p.proname like 'hera\_%')
              and not exists (
                select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
            order by 1
            """).AsList();

    /// <summary>
    /// Validates the bodies of functions in language sql, as <c>create function</c> does where everything that they use is there already.
    /// </summary>
    /// <exception cref="PostgresException">A body is wrong.</exception>
    public static void ValidateSqlFunctions(NpgsqlConnection connection, IReadOnlyList<string> names)
    {
        var functions = connection.Query<(uint Oid, string Owner, string SearchPath)>("""
            select p.oid, quote_ident(pg_get_userbyid(p.proowner)), coalesce((
              select split_part(c, '=', 2) from unnest(p.proconfig) c where c like 'search\_path=%'), 'public')
            from pg_proc p
            join pg_namespace n on n.oid = p.pronamespace
            join pg_language l on l.oid = p.prolang
            where n.nspname || '.' || p.proname = any (@names) and l.lanname = 'sql'
            """, new { names }).AsList();
        foreach (var (oid, owner, searchPath) in functions)
        {
            connection.Execute($"set role {owner}");
            connection.Execute(
                "select set_config('search_path', @searchPath, false), set_config('check_function_bodies', 'on', false)",
                new { searchPath });
            connection.Execute($"select fmgr_sql_validator({oid})");
            connection.Execute("reset role");
        }
        connection.Execute("set search_path = public");
    }
}
