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
        ["dead-letters"] = "select w.organization_id || '/' || w.id from hera.webhooks w join hera.dead_letters d using (organization_id) where w.url like 'http%' order by w.id limit 1",
        ["replays"] = "select id::text from hera.replay_jobs limit 1",
        ["audit"] = "select id::text from hera.audit_log limit 1",
    };

    private static readonly Type[] Components = typeof(HeraPage).Assembly.GetTypes();

    /// <summary>The templates of all pages but the sign-in.</summary>
    public static IEnumerable<string> Templates => Components.SelectMany(type => type.GetCustomAttributes<RouteAttribute>()).Select(route => route.Template)
        .Where(template => template != "/sign-in").Order(StringComparer.Ordinal);

    /// <summary>What pages, or parts of them, read of a query.</summary>
    public static IEnumerable<string> QueryNames =>
        from type in Components
        from property in type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
        let query = property.GetCustomAttribute<SupplyParameterFromQueryAttribute>()
        where query is not null
        group property by query.Name ?? property.Name into names
        select names.Key;

    /// <summary>The addresses of a page: one for each row that its parameter, or several in a row, may stand for.</summary>
    public static async Task<List<string>> OfAsync(string template, TestDatabase database)
    {
        if (Regex.Match(template, "([^/]+)/{[^}]+}(/{[^}]+})*") is not { Success: true } match)
            return [template];
        Assert.That(Values.Keys, Does.Contain(match.Groups[1].Value), $"{template}: what may its parameter be?");
        var rows = await database.ScalarAsync<string[]>($"select array(select * from ({Values[match.Groups[1].Value]}) as r)");
        Assert.That(rows, Is.Not.Empty, $"{template}: there is nothing to show on it");
        return [.. rows.Select(row => Regex.Replace(template, "{[^}]+}(/{[^}]+})*", row))];
    }
}
