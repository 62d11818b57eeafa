using System.Globalization;
using System.Text.Json;
using Hera.PgCore.Tests.Infrastructure;
using Npgsql;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Sql;

/// <summary>
/// The statements of the deployment guide, letter by letter, through psql: each answers what was put in, to a superuser and to a DBA of all
/// organizations, to a reader of those assigned to the login.
/// </summary>
public sealed class GuideTests
{
    private const string System = "00000000-0000-0000-0000-000000000001";

    private static readonly string[] Definitions = ["generic-webhook", "hubspot-crm", "linkedin-api", "meta-graph-api", "stripe", "whatsapp-business-cloud", "zapier-webhook"];

    private readonly Dictionary<string, TestLogin> logins = [];
    private TestDatabase database = null!;
    private string a = null!;
    private string b = null!;

    [OneTimeSetUp]
    public async Task LoadAsync()
    {
        database = await TestDatabase.CreateAsync();
        await SqlTestFiles.InstallHelpersAsync(database);
        logins["dba"] = await TestLogin.CreateAsync("in role hera_dba");
        logins["reader of A"] = await TestLogin.CreateAsync("in role hera_reader");
        logins["reader of nothing"] = await TestLogin.CreateAsync("in role hera_reader");
        await using var connection = await SqlTestFiles.OpenAsync(database);
        a = await OrganizationAsync(connection, "A");
        b = await OrganizationAsync(connection, "B");
        await ExecuteAsync(connection, $"insert into hera.reader_organizations values ('{logins["reader of A"].Name}', '{a}')");
        await LoadInstallationsAsync(connection);
        await LoadEventsAsync(connection);
    }

    [OneTimeTearDown]
    public async Task DropAsync()
    {
        await database.DisposeAsync();
        foreach (var login in logins.Values)
            await login.DisposeAsync();
    }

    [TestCase("superuser", "shop 4 3 1; erp 2 2 0; crm 1 1 0")]
    [TestCase("dba", "shop 4 3 1; erp 2 2 0; crm 1 1 0")]
    [TestCase("reader of A", "shop 3 2 1; crm 1 1 0")]
    [TestCase("reader of nothing", "")]
    public async Task Events_summary(string who, string expected) =>
        Assert.That(Text(await RunAsync(who, "monitoring_events_summary")), Is.EqualTo(expected));

    [TestCase("superuser", "hubspot-crm 3 2 1; zapier-webhook 1 0 1")]
    [TestCase("dba", "hubspot-crm 3 2 1; zapier-webhook 1 0 1")]
    [TestCase("reader of A", "hubspot-crm 1 1 0")]
    [TestCase("reader of nothing", "")]
    public async Task Installation_status(string who, string expected) =>
        Assert.That(Text(await RunAsync(who, "monitoring_installation_status")), Is.EqualTo(expected));

    // An attempt without an answer has no status code and does not count; hours are in order.
    [TestCase("superuser", "1 200 1; 5 260.8 4")]
    [TestCase("dba", "1 200 1; 5 260.8 4")]
    [TestCase("reader of A", "1 200 1; 3 300 2")]
    [TestCase("reader of nothing", "")]
    public async Task Delivery_performance(string who, string expected)
    {
        var rows = await RunAsync(who, "monitoring_delivery_performance");
        var hours = rows.Select(r => DateTimeOffset.Parse(r[0] + ":00", CultureInfo.InvariantCulture)).ToArray();
        Assert.That(hours, Is.Ordered.And.Unique);
        Assert.That(Text(rows.Select(r => (string[])[r[1], decimal.Parse(r[2], CultureInfo.InvariantCulture).ToString("0.###", CultureInfo.InvariantCulture), r[3]])),
            Is.EqualTo(expected));
    }

    [TestCase("superuser", 8)]
    [TestCase("dba", 8)]
    [TestCase("reader of A", 5)]
    [TestCase("reader of nothing", 0)]
    public async Task Debug_events(string who, int count)
    {
        var rows = await RunAsync(who, "debug_events");
        var expected = await database.ListAsync<string>($"""
            select concat_ws(' ', 'EVT-' || id, event_source, event_type, smart_code) from hera.events
            where organization_id in ('{a}', '{b}') and ({count} > 5 or organization_id = '{a}') and {count} > 0
            order by created_at desc
            """);
        Assert.That(rows.Select(r => string.Join(' ', r[1..])), Is.EqualTo(expected).And.Exactly(count).Items);
    }

    [TestCase("superuser", true)]
    [TestCase("dba", true)]
    [TestCase("reader of A", false)]
    [TestCase("reader of nothing", false)]
    public async Task Connectors(string who, bool seen)
    {
        var plain = await RunAsync(who, "setup_pre_built_connectors");
        var withStatus = await RunAsync(who, "setup_production_connectors");
        Assert.That(plain.Select(r => r[0]), Is.EquivalentTo(seen ? Definitions : []));
        Assert.That(withStatus.Select(r => r[0]), Is.EqualTo(plain.Select(r => r[0])));
        Assert.That(withStatus.Select(r => r[3]), Is.All.EqualTo("active"));
    }

    [TestCase("superuser")]
    [TestCase("dba")]
    public async Task Functions(string who)
    {
        var first = await AnswerAsync(who, "test_event_processing");
        var again = await AnswerAsync(who, "test_event_processing");
        Assert.Multiple(() =>
        {
            Assert.That(first.GetProperty("success").GetBoolean());
            Assert.That(first.GetProperty("smart_code").GetString(), Is.EqualTo("HERA.TEST.EVENT.v1"));
            Assert.That(again.GetProperty("duplicate").GetBoolean());
            Assert.That(again.GetProperty("event_id").GetString(), Is.EqualTo(first.GetProperty("event_id").GetString()));
        });
        var connectors = (await AnswerAsync(who, "test_connector_management")).GetProperty("connectors").EnumerateArray();
        Assert.That(connectors.Select(c => c.GetProperty("code").GetString()), Is.EquivalentTo(Definitions));
        await database.ExecuteAsync($"""
            delete from hera.events where organization_id = '00000000-0000-0000-0000-000000000000';
            delete from hera.idempotency_keys where organization_id = '00000000-0000-0000-0000-000000000000'
            """);
    }

    [TestCase("reader of A", "test_event_processing")]
    [TestCase("reader of A", "test_connector_management")]
    public async Task A_reader_runs_no_function(string who, string statement)
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(who, statement));
        Assert.That(error!.Message, Does.Contain("42501"));
    }

    private Task<string[][]> RunAsync(string who, string statement) =>
        Psql.RunAsync(database, logins.TryGetValue(who, out var login) ? login.Name : null, SqlTestFiles.FullPath($"guide/{statement}.sql"));

    private async Task<JsonElement> AnswerAsync(string who, string statement) =>
        JsonSerializer.Deserialize<JsonElement>((await RunAsync(who, statement))[0][0]);

    private static string Text(IEnumerable<string[]> rows) => string.Join("; ", rows.Select(r => string.Join(' ', r)));

    private async Task LoadInstallationsAsync(NpgsqlConnection connection)
    {
        foreach (var (organization, code, status) in new[]
        {
            (a, "hubspot-crm", "active"), (b, "hubspot-crm", "active"), (b, "zapier-webhook", "paused"),
            (await OrganizationAsync(connection, "C"), "hubspot-crm", "paused"),
        })
        {
            await ExecuteAsync(connection, $"""
                with e as (
                  insert into hera.core_entities (id, organization_id, entity_type, entity_name, entity_code, smart_code, status, created_by, updated_by)
                  values (gen_random_uuid(), '{organization}', 'INTEGRATION_CONNECTOR_INSTALL', '{code}', '{code}', 'HERA.TEST.INSTALL.v1', '{status}', '{System}', '{System}')
                  returning id)
                insert into hera.core_dynamic_data (organization_id, entity_id, field_name, field_type, field_value_text, smart_code, created_by, updated_by)
                select '{organization}', id, 'status', 'text', '{status}', 'HERA.TEST.INSTALL.v1', '{System}', '{System}' from e
                """);
        }
    }

    // In A: shop 3 (one of them failed) and one a day ago, crm 1. In B: shop 1, erp 2. No two have the same time.
    private async Task LoadEventsAsync(NpgsqlConnection connection)
    {
        await ExecuteAsync(connection, $$"""
            select hera_test.webhook('{{a}}', '{"topics": ["shop.*"]}'), hera_test.webhook('{{b}}', '{"topics": ["erp.*", "shop.*"]}')
            """);
        await ClockAsync(connection, -25 * 60);
        await ExecuteAsync(connection, $"select hera_test.event('{a}'), hera_test.send(200)");
        await ClockAsync(connection, -3 * 60);
        await ExecuteAsync(connection, $"select hera_test.event('{a}'), hera_test.send(200)");
        await ClockAsync(connection, -50);
        await ExecuteAsync(connection, $"select hera_test.event('{a}'), hera_test.send(500)");
        await ClockAsync(connection, -49);
        await ExecuteAsync(connection, $"select hera_test.event('{a}')");
        await ClockAsync(connection, -48);
        await ExecuteAsync(connection, $"select hera_test.event('{b}', 'made', '{{}}', 'erp'), hera_test.send(200)");
        await ClockAsync(connection, -47);
        await ExecuteAsync(connection, $"select hera_test.event('{b}', 'made', '{{}}', 'erp'), hera_test.send(204)");
        await ClockAsync(connection, -46);
        await ExecuteAsync(connection, $"select hera_test.event('{a}', 'lead', '{{}}', 'crm')");
        await ClockAsync(connection, -45);
        await ExecuteAsync(connection, $"select hera_test.event('{b}'), hera_test.send(null, 'timeout')");
        await ExecuteAsync(connection, $"""
            update hera.events set status = 'failed' where id = (select id from hera.events where organization_id = '{a}' and event_source = 'shop' order by id desc limit 1)
            """);
    }

    private static Task ClockAsync(NpgsqlConnection connection, int minutes) =>
        ExecuteAsync(connection, $"select set_config('hera_test.now', (date_trunc('hour', clock_timestamp()) + interval '{minutes} min')::text, false)");

    private static async Task<string> OrganizationAsync(NpgsqlConnection connection, string name)
    {
        await using var command = new NpgsqlCommand($"select organization::text from hera_test.organization('{name}')", connection);
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
