using Hera.PgCore.Tests.Infrastructure;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Security;

/// <summary>
/// JSON that is far larger printed than sent, or nested without end, in every key of every JSON argument that pg_proc and the functions
/// themselves tell of: who calls from psql or PostgREST has no edge in front.
/// </summary>
[NonParallelizable] // No call may take a second.
public sealed class JsonBombTests
{
    private static readonly string[] Bombs =
    [
        "1e1000", "-1e400", "1e-1000", "[1, {\"a\": 1e131071}]", new string('[', 70) + "1" + new string(']', 70), new string('[', 3000) + new string(']', 3000),
        string.Concat(Enumerable.Repeat("{\"a\": ", 70)) + "1" + new string('}', 70),
    ];

    // What a table holds of a bomb, written as a whole row is.
    private const string Stored = """
        create function public.stored_bombs() returns text language plpgsql security definer as $$
        declare
          v_table text;
          v_held boolean;
        begin
          for v_table in select c.relname from pg_class c where c.relnamespace = 'hera'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
          loop
            execute format('select exists (select from hera.%I t where t::text like any ($1))', v_table) into v_held
            using array['%' || repeat('0', 350) || '%', '%' || repeat('[', 65) || '%', '%' || repeat('{""a"": ', 65) || '%', '%' || repeat('{\\"a\\": ', 65) || '%'];
            if v_held then
              return v_table;
            end if;
          end loop;
          return 'nothing';
        end $$
        """;

    [Test]
    public async Task No_function_stores_or_shows_a_bomb()
    {
        await using var tenants = await Tenants.CreateAsync();
        await using var dba = await TestLogin.CreateAsync("in role hera_dba");
        await tenants.Database.ExecuteAsync(Stored);
        await using var prober = await Prober.CreateAsync(tenants, dba.Name);
        var writers = await tenants.Database.ListAsync<string>("select proname::text from pg_proc where pronamespace = 'public'::regnamespace and provolatile = 'v'");
        var (count, taken) = (0, new List<string>());
        foreach (var function in await RpcFunction.LoadAsync(tenants.Database))
        {
            if (function.IsWorkers || function.Arguments.All(a => a.Type != "jsonb"))
                continue;
            var places = (await RpcShapes.OfAsync(function, tenants.A, prober)).Where(shape => shape.Contains($"\"{RpcShapes.Hole}\"", StringComparison.Ordinal));
            var calls = from place in places from bomb in Bombs select place.Replace($"\"{RpcShapes.Hole}\"", bomb, StringComparison.Ordinal);
            foreach (var result in await prober.RunAsync(calls, null))
            {
                count++;
                Assert.That(result.Error, Does.Match("^(00000|PT4..|22...|54...)$"), $"{result}");
                Assert.That(result.Milliseconds, Is.LessThan(1000), $"{result}");
                Assert.That((result.Message + result.Hint + result.Output).Length, Is.LessThan((2 * result.Sql.Length) + 16_384), $"{function.Name} shows it");
                if (result.Succeeded && writers.Contains(function.Name))
                    taken.Add(result.Sql);
            }
        }

        // Many do not look at what an operation does not need; those that took it in must not have kept it.
        var kept = (await prober.RunAsync(taken.Select(sql => $"select ({sql}) || ' in ' || public.stored_bombs()"), null))
            .Where(result => !result.Succeeded || !result.Output!.EndsWith(" in nothing", StringComparison.Ordinal))
            .Select(result => Unbombed(result.Sql)).Distinct();
        Assert.That(kept, Is.Empty);
        Assert.That((count, taken.Count), Is.GreaterThan((1000, 10)));
    }

    private static string Unbombed(string sql) =>
        Bombs.OrderByDescending(bomb => bomb.Length).Aggregate(sql, (text, bomb) => text.Replace(bomb, "<bomb>", StringComparison.Ordinal));
}
