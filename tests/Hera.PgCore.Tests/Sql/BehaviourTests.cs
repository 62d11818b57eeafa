using Hera.PgCore.Tests.Infrastructure;
using Npgsql;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Sql;

/// <summary>Each file of tests/sql, in a transaction that is rolled back. A file fails by an assertion or an error.</summary>
public sealed class BehaviourTests
{
    private TestDatabase database = null!;
    private NpgsqlConnection connection = null!;

    [OneTimeSetUp]
    public async Task OpenAsync()
    {
        database = await TestDatabase.CreateAsync();
        await SqlTestFiles.InstallHelpersAsync(database);
        connection = await SqlTestFiles.OpenAsync(database);
    }

    [OneTimeTearDown]
    public async Task CloseAsync()
    {
        await connection.DisposeAsync();
        await database.DisposeAsync();
    }

    [TestCaseSource(typeof(SqlTestFiles), nameof(SqlTestFiles.Behaviours))]
    public async Task Behaviour(string path)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        await transaction.SaveAsync("clean");
        try
        {
            await using var command = new NpgsqlCommand(await SqlTestFiles.ReadAsync(path), connection, transaction) { CommandTimeout = 120 };
            await command.ExecuteNonQueryAsync();
        }
        catch (PostgresException e)
        {
            Assert.Fail($"{e.SqlState} {e.MessageText}\n{e.Detail}\n{e.Where}");
        }
        await transaction.RollbackAsync();
    }
}
