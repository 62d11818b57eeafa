using System.Text;
using Dapper;
using Npgsql;

namespace Hera.PgCore.Migrations;

/// <summary>Writes the reference of functions, tables and views from the catalogue and its comments.</summary>
internal static class Reference
{
    public static string Write(NpgsqlConnection connection, ScriptSet scripts)
    {
        connection.Execute("set search_path = public");
        var text = new StringBuilder("""
            # Reference

            Made from the catalogue by `migrations.runner docs`. The words come from the comments in `sql/`: edit them there.


            """);
        WriteFunctions(text, connection, scripts);
        WriteHelpers(text, connection);
        WriteRelations(text, connection, "Tables", ["r", "p"]);
        WriteRelations(text, connection, "Views", ["v", "m"]);
        return text.ToString().TrimEnd() + "\n";
    }

    /// <summary>The JSON Schema of connector definitions, in the order in which the database keeps keys.</summary>
    public static string DefinitionSchema(NpgsqlConnection connection) =>
        connection.QuerySingle<string>("select jsonb_pretty(hera_internal.definition_schema())") + "\n";

    private static void WriteFunctions(StringBuilder text, NpgsqlConnection connection, ScriptSet scripts)
    {
        var topics = scripts.Deployable
            .SelectMany(s => s.Functions.Select(f => (Function: f, Topic: Topic(s.Path))))
            .GroupBy(f => f.Function).ToDictionary(g => g.Key, g => g.First().Topic);
        var functions = connection.Query<FunctionRow>("""
            select n.nspname || '.' || p.proname as Name, p.proname as ShortName, pg_get_function_arguments(p.oid) as Arguments,
                   pg_get_function_result(p.oid) as Returns, obj_description(p.oid, 'pg_proc') as Comment, (
                     select string_agg(pg_get_userbyid(a.grantee), ', ' order by pg_get_userbyid(a.grantee) collate "C")
                     from aclexplode(p.proacl) a
                     where a.grantee not in (0, p.proowner) and a.privilege_type = 'EXECUTE') as Callers
            from pg_proc p join pg_namespace n on n.oid = p.pronamespace
            where n.nspname = 'public' and p.proname like 'hera\_%'
            order by p.proname collate "C"
            """);
        text.Append("## Functions\n\n");
        foreach (var topic in functions.GroupBy(f => topics.GetValueOrDefault(f.Name, "other")).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            text.Append($"### {Heading(topic.Key)}\n\n");
            foreach (var f in topic)
            {
                text.Append($"#### {f.ShortName}\n\n```sql\n{Signature(f)}\n```\n\n");
                foreach (var paragraph in (f.Comment ?? "No comment.").Split("\n\n"))
                    text.Append(paragraph.StartsWith("select ", StringComparison.Ordinal) ? $"```sql\n{paragraph}\n```\n\n" : $"{paragraph}\n\n");
                text.Append($"May be run by: {f.Callers ?? "its owner alone"}.\n\n");
            }
        }
    }

    private static void WriteHelpers(StringBuilder text, NpgsqlConnection connection)
    {
        var helpers = connection.Query<(string Signature, string? Comment)>("""
            select f.signature, f.comment
            from (
              select p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')' as signature,
                     obj_description(p.oid, 'pg_proc') as comment
              from pg_proc p
              where p.pronamespace = to_regnamespace('hera_internal')
            ) f
            order by f.signature collate "C"
            """).AsList();
        if (helpers.Count == 0)
            return;
        text.Append("## Helpers of schema hera_internal\n\nNo caller may run them.\n\n| function | what |\n|---|---|\n");
        foreach (var (signature, comment) in helpers)
            text.Append($"| `{signature}` | {Cell(comment)} |\n");
        text.Append('\n');
    }

    private static void WriteRelations(StringBuilder text, NpgsqlConnection connection, string title, string[] kinds)
    {
        var columns = connection.Query<ColumnRow>("""
            select n.nspname || '.' || c.relname as Relation, obj_description(c.oid, 'pg_class') as RelationComment, a.attname as Name,
                   format_type(a.atttypid, a.atttypmod) || case when a.attnotnull then ' not null' else '' end as Type,
                   case when a.attidentity <> '' then 'identity' when a.attgenerated <> '' then 'generated: ' else '' end
                     || coalesce(pg_get_expr(d.adbin, d.adrelid), '') as "Default",
                   col_description(c.oid, a.attnum) as Comment
            from pg_class c
            join pg_namespace n on n.oid = c.relnamespace
            join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
            where n.nspname in ('hera', 'public') and c.relkind::text = any (@kinds) and not c.relispartition
              and not exists (select from pg_depend e where e.classid = 'pg_class'::regclass and e.objid = c.oid and e.deptype = 'e')
            order by n.nspname collate "C", c.relname collate "C", a.attnum
            """, new { kinds }).AsList();
        if (columns.Count == 0)
            return;
        text.Append($"## {title}\n\n");
        foreach (var relation in columns.GroupBy(c => (c.Relation, c.RelationComment)))
        {
            text.Append($"### {relation.Key.Relation}\n\n");
            if (relation.Key.RelationComment is { } comment)
                text.Append($"{comment}\n\n");
            text.Append("| column | type | default | what |\n|---|---|---|---|\n");
            foreach (var c in relation)
                text.Append($"| {c.Name} | {Cell(c.Type)} | {Cell(c.Default)} | {Cell(c.Comment)} |\n");
            text.Append('\n');
        }
    }

    private static string Signature(FunctionRow f) =>
        f.Arguments.Length == 0
            ? $"{f.ShortName}() returns {f.Returns}"
            : $"{f.ShortName}(\n  {f.Arguments.Replace(", p_", ",\n  p_", StringComparison.Ordinal)}\n) returns {f.Returns}";

    // functions/api/<topic>/…, functions/worker/…
    private static string Topic(string path) =>
        path.Split('/') switch
        {
            ["functions", "api", var topic, _, ..] => topic,
            ["functions", "worker", ..] => "worker",
            _ => "other",
        };

    private static string Heading(string topic) => char.ToUpperInvariant(topic[0]) + topic[1..].Replace('_', ' ');

    private static string Cell(string? text) =>
        (text ?? "").Replace("|", "\\|", StringComparison.Ordinal).Replace("\n", " ", StringComparison.Ordinal);

    private sealed record FunctionRow(string Name, string ShortName, string Arguments, string Returns, string? Comment, string? Callers);

    private sealed record ColumnRow(string Relation, string? RelationComment, string Name, string Type, string Default, string? Comment);
}
