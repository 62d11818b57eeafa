using System.Reflection;
using System.Text.RegularExpressions;
using Hera.PgCore.Host.Pages;
using Hera.PgCore.Tests.Infrastructure;
using Microsoft.AspNetCore.Components;
using NUnit.Framework;

namespace Hera.PgCore.UiTests;

/// <summary>The addresses of all pages that the host has, so that a new page is looked at without being named here.</summary>
internal static class PageAddresses
{
    /// <summary>What follows this segment in a template, by the rows of the database that it may stand for.</summary>
    private static readonly Dictionary<string, string> Values = new()
    {
        ["events"] = "(select id::text from hera.events where event_source = 'shop' order by id limit 1) union all (select id::text from hera.events where event_source <> 'shop' order by id limit 1)",
        ["webhooks"] = "select id::text from hera.webhooks where url like 'http%' order by id limit 1",
        ["connectors"] = "select e.entity_code from hera.core_entities e where e.entity_type = 'INTEGRATION_CONNECTOR_DEF' order by e.created_at desc, e.entity_code limit 3",
        ["organizations"] = "select id::text from hera.core_organizations where organization_type is distinct from 'platform' limit 2",
        ["inbound"] = "select id::text from hera.inbound_requests limit 1",
        ["inbound-requests"] = "select id::text from hera.inbound_requests limit 1",
        ["deliveries"] = "select delivery_id::text from hera.attempts limit 1",
        ["dead-letters"] = "select delivery_id::text from hera.dead_letters limit 1",
        ["replays"] = "select id::text from hera.replay_jobs limit 1",
        ["audit"] = "select id::text from hera.audit_log limit 1",
    };

    /// <summary>The pages but the sign-in, with what their query may hold.</summary>
    public static IEnumerable<PageAddress> Pages => typeof(HeraPage).Assembly.GetTypes()
        .SelectMany(type => type.GetCustomAttributes<RouteAttribute>().Select(route => new PageAddress(route.Template, [.. QueryOf(type)])))
        .Where(page => page.Template != "/sign-in").OrderBy(page => page.Template, StringComparer.Ordinal);

    /// <summary>The addresses of a page: one for each row that its parameter may stand for.</summary>
    public static async Task<List<string>> OfAsync(PageAddress page, TestDatabase database)
    {
        if (Regex.Match(page.Template, "([^/]+)/{[^}]+}") is not { Success: true } match)
            return [page.Template];
        Assert.That(Values.Keys, Does.Contain(match.Groups[1].Value), $"{page.Template}: what may its parameter be?");
        var rows = await database.ScalarAsync<string[]>($"select array(select * from ({Values[match.Groups[1].Value]}) as r)");
        Assert.That(rows, Is.Not.Empty, $"{page.Template}: there is nothing to show on it");
        return [.. rows.Select(row => Regex.Replace(page.Template, "{[^}]+}", Uri.EscapeDataString(row)))];
    }

    private static IEnumerable<string> QueryOf(Type type) =>
        from property in type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
        let query = property.GetCustomAttribute<SupplyParameterFromQueryAttribute>()
        where query is not null
        select query.Name ?? property.Name;
}

/// <summary>A page of the host.</summary>
/// <param name="Template">Its address, parameters in braces.</param>
/// <param name="Query">The names that it reads of its query.</param>
internal sealed record PageAddress(string Template, IReadOnlyList<string> Query);
