using Hera.PgCore.Tests.Sql;
using Npgsql;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Security;

/// <summary>A session that gave up durability for itself does not have it given up for an event: what a function accepts is on disk when it is answered.</summary>
public sealed class DurabilityTests
{
    [Test]
    public async Task Accepting_functions_commit_durably()
    {
        await using var tenants = await Tenants.CreateAsync();
        await using var connection = await SqlTestFiles.OpenAsync(tenants.Database, options: "-c synchronous_commit=off");
        var caller = $"'{tenants.A.Admin}', '{tenants.A.Organization}'";
        foreach (var call in (string[])[
            $"hera_integration_event_in_v1({caller}, 's', 't')",
            $$"""hera_integration_event_batch_v1({{caller}}, '[{"event_source": "s", "event_type": "t"}]')""",
            $$"""hera_webhook_replay_v1({{caller}}, '{"delivery_ids": ["{{tenants.A.DeadLetter}}"]}')""",
            $"hera_webhook_config_v1({caller}, 'TEST', p_webhook_id => '{tenants.A.Webhook}')",
        ])
        {
            Assert.That(await SettingAsync(connection, null), Is.EqualTo("off"));
            await using var transaction = await connection.BeginTransactionAsync();
            await using (var command = new NpgsqlCommand("select " + call, connection, transaction))
                await command.ExecuteNonQueryAsync();
            Assert.That(await SettingAsync(connection, transaction), Is.EqualTo("on"), call);
            await transaction.CommitAsync();
        }
    }

    private static async Task<string> SettingAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction)
    {
        await using var command = new NpgsqlCommand("show synchronous_commit", connection, transaction);
        return (string)(await command.ExecuteScalarAsync())!;
    }
}
