using System.Text.RegularExpressions;
using Hera.PgCore.Tests.Infrastructure;
using Npgsql;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Security;

internal sealed record RpcArgument(string Name, string Type, bool HasDefault);

/// <summary>A function hera_* of public as pg_proc tells it, with the operations that the permission matrix knows.</summary>
internal sealed partial record RpcFunction(string Name, IReadOnlyList<RpcArgument> Arguments, IReadOnlyList<string> Operations, bool IsWorkers)
{
    private const string Sql = """
        select p.proname::text, coalesce(p.proargnames[1:p.pronargs], '{}'), p.pronargdefaults::int,
          array(select format_type(t, null) from unnest(p.proargtypes::oid[]) with ordinality as a (t, n) order by n),
          array(select distinct r.operation from hera.rpc_permissions r where r.function_name = p.proname order by 1),
          not has_function_privilege('hera_api', p.oid, 'execute')
        from pg_proc p
        where p.pronamespace = 'public'::regnamespace and p.proname ~ '^hera_' and p.prokind = 'f'
        order by 1
        """;

    public bool TakesActor => Takes("p_actor_user_id");

    public bool TakesTenant => TakesActor || Takes("p_organization_id");

    public static async Task<IReadOnlyList<RpcFunction>> LoadAsync(TestDatabase database)
    {
        await using var connection = await database.ConnectAsync();
        await using var command = new NpgsqlCommand(Sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        List<RpcFunction> functions = [];
        while (await reader.ReadAsync())
        {
            var (names, defaults, types) = (reader.GetFieldValue<string[]>(1), reader.GetInt32(2), reader.GetFieldValue<string[]>(3));
            var arguments = names.Select((name, n) => new RpcArgument(name, types[n], n >= names.Length - defaults));
            functions.Add(new RpcFunction(reader.GetString(0), [.. arguments], reader.GetFieldValue<string[]>(4), reader.GetBoolean(5)));
        }
        Assert.That(functions, Has.Count.GreaterThan(20));
        return functions;
    }

    public static string Quote(string? text) => text is null ? "null" : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    public bool Takes(string argument) => Arguments.Any(a => a.Name == argument);

    /// <summary>A call with named arguments. What is not given is left to its default; else it gets a value that fits its type.</summary>
    /// <param name="values">Texts of arguments by name.</param>
    public string Call(IReadOnlyDictionary<string, string?> values)
    {
        var given =
            from argument in Arguments
            where values.ContainsKey(argument.Name) || !argument.HasDefault
            select $"{argument.Name} => {Quote(values.TryGetValue(argument.Name, out var value) ? value : Filler(argument))}::{argument.Type}";
        return $"select {Name}({string.Join(", ", given)})::text";
    }

    /// <summary>The keys that a JSON argument knows, as the function itself tells when it is given an unknown one.</summary>
    public static string[] KnownKeys(ProbeResult answer)
    {
        var match = KeyList().Match($"{answer.Hint}\n{answer.Output}");
        return match.Success ? match.Groups[1].Value.Split(", ") : [];
    }

    private string Filler(RpcArgument argument) => argument switch
    {
        { Type: "text" } => "shop",
        { Type: "uuid" } => Guid.NewGuid().ToString(),
        { Type: "jsonb" } => "{}",
        { Type: "integer" or "bigint" or "numeric" } => "1",
        { Type: "boolean" } => "false",
        { Type: "bytea" } => "\\x7b7d",
        _ => throw new AssertionException($"{Name}: no value is known for {argument.Name} of type {argument.Type}; teach {nameof(RpcFunction)} one."),
    };

    [GeneratedRegex(@"[Kk]nown(?: keys)?: ([a-z_]+(?:, [a-z_]+)*)")]
    private static partial Regex KeyList();
}
