using System.Text.Json;
using Hera.PgCore.Tests.Infrastructure;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Security;

/// <summary>Hostile texts in every text argument and every key of every JSON argument, found in pg_proc: they are data or are refused, soon.</summary>
[NonParallelizable] // No call may take a second.
public sealed class InjectionTests
{
    private static readonly string[] Texts =
    [
        "' or 1=1 --", "'; drop table hera.events; --", "\"; drop schema hera cascade; --", "$$; drop table hera.events; $$", "\\'; select 1; --", "%I%L%s%%", "%1$s", "*/ select 1 /*", "{a,b}", "(1,2)", "null", "true", "NaN",
        "$.** ? (@ == 1)", "$[0,0][0,0][0,0][0,0][0,0][0,0][0,0][0,0][0,0][0,0][0,0][0,0][0,0][0,0][0,0][0,0][0,0][0,0][0,0][0,0][0,0][0,0][0,0][0,0][0,0] == 1", "$.a like_regex \"(a*)*b\"", "{{$.**}}", "{{$[0,0][0,0]}}",
        "../../etc/passwd", "\\x00", "\u202e\ufeff\u0007", "<script>alert(1)</script>", "2026-13-45", "infinity", "-infinity", "99999999999999999999", "1e400", "00000000-0000-0000-0000-000000000000",
        new string('x', 100_000), new string('(', 20_000), new string('a', 300) + new string('.', 300),
    ];

    [Test]
    public async Task Hostile_texts_are_data_or_refused_within_a_second()
    {
        await using var tenants = await Tenants.CreateAsync();
        await using var dba = await TestLogin.CreateAsync("in role hera_dba");
        await using var prober = await Prober.CreateAsync(tenants, dba.Name);
        var before = await tenants.Database.ScalarAsync<string>($"select hera_test.state('{tenants.B.Organization}')");
        var count = 0;
        foreach (var function in await RpcFunction.LoadAsync(tenants.Database))
        {
            if (function.Arguments.Any(a => a.Type.EndsWith("[]", StringComparison.Ordinal)))
                continue; // The worker's arrays are no texts of a caller.
            var shapes = await RpcShapes.OfAsync(function, tenants.A, prober);
            // Each place gets a third of the texts in turn, so that each text comes to every function.
            var calls =
                from place in shapes.Select((shape, n) => (Shape: shape, N: n))
                where !place.Shape.Contains($"'{RpcShapes.Hole}'::uuid", StringComparison.Ordinal) && !place.Shape.Contains($"\"x\":\"{RpcShapes.Hole}", StringComparison.Ordinal)
                from text in Texts.Where((_, n) => (n + place.N) % 3 == 0)
                select Fill(place.Shape, text);
            foreach (var result in await prober.RunAsync(calls, function.TakesActor ? tenants.B.Organization : null))
            {
                count++;
                // Ours, or a text that is no value of its type: never a fault of syntax, a missing object, or an internal one.
                Assert.That(result.Error, Does.Match("^(00000|PT4..|22...)$"), $"{result}");
                Assert.That(result.Milliseconds, Is.LessThan(1000), $"{result}");
                if (result.State is not null)
                    Assert.That(result.State, Is.EqualTo(before), $"{result}");
            }
        }
        Assert.That(count, Is.GreaterThan(3000));
    }

    // Within JSON the text is escaped for it first, then for SQL.
    private static string Fill(string shape, string text)
    {
        var json = JsonSerializer.Serialize(text)[1..^1];
        return shape
            .Replace($"'{RpcShapes.Hole}'::text", $"{RpcFunction.Quote(text)}::text", StringComparison.Ordinal)
            .Replace(RpcShapes.Hole, json.Replace("'", "''", StringComparison.Ordinal), StringComparison.Ordinal);
    }
}
