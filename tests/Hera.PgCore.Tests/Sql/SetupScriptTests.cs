using System.Runtime.CompilerServices;
using Hera.PgCore.Tests.Infrastructure;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Sql;

/// <summary>The two scripts that people run with psql: the connectors' set-up, and the check of an installation.</summary>
public sealed class SetupScriptTests
{
    private static readonly string[] Definitions = ["generic-webhook", "hubspot-crm", "linkedin-api", "meta-graph-api", "stripe", "whatsapp-business-cloud", "zapier-webhook"];

    private TestDatabase database = null!;
    private TestLogin dba = null!;
    private TestLogin reader = null!;

    [SetUp]
    public async Task CreateAsync()
    {
        database = await TestDatabase.CreateAsync();
        dba = await TestLogin.CreateAsync("in role hera_dba");
        reader = await TestLogin.CreateAsync("in role hera_reader");
    }

    [TearDown]
    public async Task DropAsync()
    {
        await database.DisposeAsync();
        await dba.DisposeAsync();
        await reader.DisposeAsync();
    }

    [Test]
    public async Task Setup_applies_the_definitions_again([Values] bool asDba)
    {
        await database.ExecuteAsync("""
            update hera.core_dynamic_data set field_value_json = jsonb_set(field_value_json, '{category}', '"changed"') where field_name = 'connector_config'
            """);
        for (var run = 0; run < 2; run++)
        {
            var rows = await SetupAsync(asDba);
            Assert.That(rows.Where(r => r.Length > 5).Select(r => (r[0], r[2], r[3])), Is.EquivalentTo(Definitions.Select(d => (d, "active", "2"))));
        }
        Assert.That(await database.ScalarAsync<long>("select count(*) from hera.core_dynamic_data where field_value_json ->> 'category' = 'changed'"), Is.Zero);
    }

    [Test]
    public async Task Setup_fails_where_the_functions_are_not_there()
    {
        await using var empty = await TestDatabase.CreateEmptyAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => Psql.RunAsync(empty, null, Script("seeds/setup-prebuilt-connectors.sql")));
    }

    [Test]
    public async Task Setup_and_verify_are_not_for_readers()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => Psql.RunAsync(database, reader.Name, Script("seeds/setup-prebuilt-connectors.sql")));
        Assert.That(error!.Message, Does.Contain("42501"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Psql.RunAsync(database, reader.Name, Script("checks/verify-integration-setup.sql")));
    }

    [Test]
    public async Task Verify_finds_a_fresh_installation_complete([Values] bool asDba)
    {
        var rows = await VerifyAsync(asDba);
        Assert.That(rows.Select(r => r[0]).Distinct(), Is.SupersetOf(new[] { "Functions", "Roles", "Relationship types", "Connector definitions", "Partitions" }));
        Assert.That(rows.Where(r => r is ["Connector definitions", _, "active", ..]).Select(r => r[1]), Is.EquivalentTo(Definitions));
    }

    [TestCase("drop function hera_outbox_claim_v1")]
    [TestCase("delete from hera.core_entities where entity_code = 'EVENT_TRIGGERS'")]
    [TestCase("update hera.core_entities set entity_code = 'gone' where entity_code = 'zapier-webhook'")]
    [TestCase("do $$ begin execute format('drop table hera.events_%s', to_char(clock_timestamp() at time zone 'UTC' + interval '1 day', 'YYYYMMDD')); end $$")]
    public async Task Verify_fails_where_something_is_missing(string damage)
    {
        await database.ExecuteAsync(damage);
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => VerifyAsync(asDba: true));
        Assert.That(error!.Message, Does.Contain("P0001"));
    }

    private Task<string[][]> SetupAsync(bool asDba) => Psql.RunAsync(database, asDba ? dba.Name : null, Script("seeds/setup-prebuilt-connectors.sql"));

    private Task<string[][]> VerifyAsync(bool asDba) => Psql.RunAsync(database, asDba ? dba.Name : null, Script("checks/verify-integration-setup.sql"));

    private static string Script(string path, [CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "sql", path));
}
