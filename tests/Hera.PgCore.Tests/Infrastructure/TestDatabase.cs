using Npgsql;

namespace Hera.PgCore.Tests.Infrastructure;

/// <summary>A database of one test or fixture, dropped on dispose.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly TestServer server;

    private TestDatabase(TestServer server, string name)
    {
        this.server = server;
        Name = name;
    }

    public string Name { get; }

    /// <summary>Connection string of a superuser; not pooled.</summary>
    public string ConnectionString => server.ConnectionString(Name);

    /// <summary>A clone of the migrated template: all of sql/ is deployed.</summary>
    public static async Task<TestDatabase> CreateAsync()
    {
        var server = await TestServer.GetAsync();
        return await CreateAsync(server, $"template {await server.TemplateAsync()}");
    }

    /// <summary>A database with nothing in it.</summary>
    /// <param name="owner">Its owner; null: the superuser.</param>
    public static async Task<TestDatabase> CreateEmptyAsync(string? owner = null) =>
        await CreateAsync(await TestServer.GetAsync(), owner is null ? "" : $"owner \"{owner}\"");

    /// <summary>Connection string of a login that <see cref="TestLogin"/> made.</summary>
    public string ConnectionStringFor(string login) =>
        new NpgsqlConnectionStringBuilder(ConnectionString) { Username = login, Password = TestLogin.Password }.ConnectionString;

    /// <summary>An open connection of the superuser, or one whose session_user is the given login or role.</summary>
    public async Task<NpgsqlConnection> ConnectAsync(string? login = null)
    {
        var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        if (login is not null)
        {
            await using var command = new NpgsqlCommand($"set session authorization \"{login}\"", connection);
            await command.ExecuteNonQueryAsync();
        }
        return connection;
    }

    /// <summary>Runs statements as the superuser, or as the given login.</summary>
    public async Task ExecuteAsync(string sql, string? login = null)
    {
        await using var connection = await ConnectAsync(login);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The first column of the first row; default where there is no row or it is null.</summary>
    public async Task<T?> ScalarAsync<T>(string sql, string? login = null)
    {
        await using var connection = await ConnectAsync(login);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync() is T value and not DBNull ? value : default;
    }

    /// <summary>The first column of all rows.</summary>
    public async Task<IReadOnlyList<T>> ListAsync<T>(string sql, string? login = null)
    {
        await using var connection = await ConnectAsync(login);
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        List<T> values = [];
        while (await reader.ReadAsync())
            values.Add(reader.GetFieldValue<T>(0));
        return values;
    }

    public async ValueTask DisposeAsync() => await server.ExecuteAsync($"drop database if exists {Name} with (force)");

    private static async Task<TestDatabase> CreateAsync(TestServer server, string options)
    {
        var name = $"hera_test_{Guid.NewGuid():N}";
        await server.ExecuteAsync($"create database {name} {options}");
        // A clone does not take over what the template's migrations set for their database.
        await server.ExecuteAsync($"alter database {name} set jit = off");
        return new TestDatabase(server, name);
    }
}
