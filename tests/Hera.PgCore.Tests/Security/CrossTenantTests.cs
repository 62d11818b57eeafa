using System.Text.RegularExpressions;
using Hera.PgCore.Tests.Infrastructure;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Security;

/// <summary>
/// Every RPC that knows tenants, as pg_proc lists them, in each of its arguments and each key of its JSON arguments: an id of another organization is
/// answered byte for byte like one that never was, changes nothing there, and brings nothing of it to light. A new function is probed without being named here.
/// </summary>
public sealed partial class CrossTenantTests
{
    private Tenants tenants = null!;
    private TestLogin dba = null!;
    private Prober prober = null!;

    [OneTimeSetUp]
    public async Task OpenAsync()
    {
        tenants = await Tenants.CreateAsync();
        dba = await TestLogin.CreateAsync("in role hera_dba");
        prober = await Prober.CreateAsync(tenants, dba.Name);
    }

    [OneTimeTearDown]
    public async Task CloseAsync()
    {
        await prober.DisposeAsync();
        await tenants.DisposeAsync();
        await dba.DisposeAsync();
    }

    [Test]
    public async Task A_foreign_id_is_like_one_that_never_was()
    {
        var before = await tenants.Database.ScalarAsync<string>($"select hera_test.state('{tenants.B.Organization}')");
        List<(string Shape, Guid Id, Guid Twin)> probes = [];
        foreach (var function in (await RpcFunction.LoadAsync(tenants.Database)).Where(f => f.TakesTenant))
        {
            var shapes = await ShapesAsync(function);
            TestContext.Out.WriteLine($"{function.Name}: {shapes.Count} shapes");
            // Of JSON keys the nested forms are probed with fewer ids.
            probes.AddRange(
                from shape in shapes
                from id in shape.Contains($"[\"{RpcShapes.Hole}", StringComparison.Ordinal) || shape.Contains($"\"x\":\"{RpcShapes.Hole}", StringComparison.Ordinal)
                    ? tenants.B.Ids.Take(2) : tenants.B.Ids
                where !IsOwnCall(function, shape, id)
                select (shape, id, Twin(id)));
        }
        Assert.That(probes, Has.Count.GreaterThan(1000));

        var foreign = await prober.RunAsync(probes.Select(p => Fill(p.Shape, p.Id)), tenants.B.Organization);
        var madeUp = await prober.RunAsync(probes.Select(p => Fill(p.Shape, p.Twin)), null);
        Assert.Multiple(() =>
        {
            for (var n = 0; n < probes.Count; n++)
            {
                Assert.That(Told(foreign[n], probes[n].Id), Is.EqualTo(Told(madeUp[n], probes[n].Twin)), foreign[n].Sql);
                Assert.That(foreign[n].ToString(), Does.Not.Contain(Tenants.Canary).IgnoreCase);
                if (foreign[n].Succeeded)
                    Assert.That(foreign[n].State, Is.EqualTo(before), $"rows of B were changed: {foreign[n].Sql}");
            }
            Assert.That(prober.Notices, Has.None.Contains(Tenants.Canary));
        });
        // The probes reach the functions' work: some succeed, and most kinds of refusal are seen.
        Assert.That(foreign.Count(r => r.Succeeded), Is.GreaterThan(200));
        Assert.That(foreign.Select(r => r.Code).Distinct(), Is.SupersetOf(new[] { "not_found", "actor_not_member", "connector.unknown" }));
    }

    [Test]
    public async Task The_same_probes_find_what_is_there()
    {
        // The control: with the ids of its own organization the caller does find things.
        var found = 0;
        foreach (var function in (await RpcFunction.LoadAsync(tenants.Database)).Where(f => f.TakesTenant))
        {
            var shapes = await ShapesAsync(function);
            var own = await prober.RunAsync(shapes.Select(s => Fill(s, tenants.A.Webhook)), null);
            var madeUp = await prober.RunAsync(shapes.Select(s => Fill(s, Twin(tenants.A.Webhook))), null);
            found += own.Zip(madeUp).Count(p => Told(p.First, tenants.A.Webhook) != Told(p.Second, Twin(tenants.A.Webhook)));
        }
        Assert.That(found, Is.GreaterThan(8));
    }

    private async Task<IReadOnlyList<string>> ShapesAsync(RpcFunction function) => await RpcShapes.OfAsync(function, tenants.A, prober);

    // Where no organization is named, to name B's admin or key as the actor is to be that one: the host has authenticated the actor.
    private bool IsOwnCall(RpcFunction function, string shape, Guid id) =>
        (id == tenants.B.Admin || id == tenants.B.ApiKey) && !function.Takes("p_organization_id") && shape.Contains($"p_actor_user_id => '{RpcShapes.Hole}'", StringComparison.Ordinal);

    private static string Fill(string shape, Guid id) => shape.Replace(RpcShapes.Hole, id.ToString(), StringComparison.Ordinal);

    // The same time and the same webhook number, another event: what depends on the order of ids alone stays equal.
    private static Guid Twin(Guid id)
    {
        var text = id.ToString().ToCharArray();
        for (var n = 24; n < 30; n++)
            text[n] = text[n] == 'f' ? '0' : 'f';
        return new Guid(new string(text));
    }

    // An answer without what differs from call to call: the id that was sent, new ids, secrets and times.
    private static string Told(ProbeResult result, Guid id)
    {
        var text = $"{result.Error}|{result.Code}|{result.Message}|{result.Hint}|{result.Output}".Replace(id.ToString(), "<sent>", StringComparison.OrdinalIgnoreCase);
        return Varying().Replace(text, "<new>");
    }

    [GeneratedRegex(@"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|whsec_[A-Za-z0-9+/=]+|hera_[0-9a-f]{12}(_[A-Za-z0-9_-]{43})?|\d{4}-\d\d-\d\dT[\d:.]+(\+\d\d:\d\d|Z)|••••[^""]{0,4}|(?<=\.)[0-9A-F_]{30}(?=\.)")]
    private static partial Regex Varying();
}
