using System.Reflection;
using System.Text.RegularExpressions;
using Hera.PgCore.Benchmarks.Measuring;
using Hera.PgCore.Benchmarks.Stage;
using Hera.PgCore.Host.Pages;
using Microsoft.AspNetCore.Components;

namespace Hera.PgCore.Benchmarks.Goals;

/// <summary>Goal 14: a page of the Hub is there at once, however much its organization has stored.</summary>
internal static class HubPages
{
    public static readonly Goal Goal = new(
        14, "each page of the Hub, whole, for an organization with 1,000,000 events, deliveries and attempts of a week; 95th percentile, milliseconds", MeasureAsync);

    /// <summary>Searches that have to look for their rows.</summary>
    private static readonly string[] Searches = ["/settings/integrations/events?source=linkedin-api", "/settings/integrations/events?status=failed"];

    /// <summary>One that nothing fits looks at every event. An index would cost each event that comes in, so it has no bound; it is told.</summary>
    private const string Vain = "/settings/integrations/events?source=nowhere";

    private static async Task<Outcome> MeasureAsync(BenchStage stage)
    {
        await using var database = await stage.CreateDatabaseAsync();
        await MonitoringLoad.FillAsync(database, stage.Options.Scale(1_000_000), 168, organizations: 1);
        var organization = await database.ScalarAsync<Guid>("select organization_id from hera.events limit 1");
        await database.ExecuteAsync($$"""
            select public.hera_membership_v1('{{Tenant.Admin}}', '{{organization}}', 'GRANT', '{"auth_uid": "reader", "name": "Reader", "role": "org_admin"}')
            """);
        await using var host = await BenchHost.StartAsync(database);
        using var visitor = await PageVisitor.SignInAsync(host.Address, BenchHost.Token("reader"));
        var outcome = new Outcome();
        foreach (var address in (await AddressesAsync(database)).Concat(Searches).Append(Vain))
        {
            var samples = new Samples();
            // The first opens sessions and compiles.
            await visitor.TimeAsync(address);
            for (var visit = 0; visit < (stage.Options.Quick ? 5 : 20); visit++)
                samples.Add(await visitor.TimeAsync(address));
            var name = Regex.Replace(address["/settings/integrations".Length..], "[0-9a-f-]{36}", "…");
            if (address != Vain)
                outcome.Figures.Add(new Figure(name.Length == 0 ? "/" : name, samples.Percentile(0.95), Wants.AtMost, 200, "0"));
            outcome.Details.Add(new Detail(name.Length == 0 ? "/" : name, "ms", samples));
        }

        return outcome;
    }

    /// <summary>Every page that the host has below the Hub, with a row of the database for its parameter.</summary>
    private static async Task<List<string>> AddressesAsync(BenchDatabase database)
    {
        var addresses = new List<string>();
        foreach (var template in typeof(HeraPage).Assembly.GetTypes().SelectMany(type => type.GetCustomAttributes<RouteAttribute>()).Select(route => route.Template)
            .Where(template => template.StartsWith("/settings/integrations", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            var parameter = Regex.Match(template, "/([^/]+)/{[^}]+}").Groups[1].Value switch
            {
                "" => "",
                "connectors" => "hubspot-crm",
                "events" => (await database.ScalarAsync<Guid>("select id from hera.events order by id desc limit 1")).ToString(),
                "webhooks" => (await database.ScalarAsync<Guid>("select id from hera.webhooks order by id limit 1")).ToString(),
                var unknown => throw new InvalidOperationException($"{template}: what may follow {unknown}?"),
            };
            addresses.Add(Regex.Replace(template, "{[^}]+}", parameter));
        }

        return addresses;
    }
}
