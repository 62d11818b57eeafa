using Npgsql;

namespace Hera.PgCore.Migrations;

/// <summary>The database that a deployment works on.</summary>
internal sealed class Database
{
    private readonly NpgsqlConnectionStringBuilder settings;

    public Database(string connectionString)
    {
        settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            // A migration takes as long as it takes, and leaves no session behind.
            CommandTimeout = 0,
            Pooling = false,
            Enlist = false,
        };
        settings.ApplicationName ??= "hera migrations";
    }

    /// <summary>What a person recognises it by; without the password.</summary>
    public string Name => $"{settings.Username}@{settings.Host}/{settings.Database ?? settings.Username}";

    public NpgsqlDataSource CreateDataSource() => NpgsqlDataSource.Create(settings);

    public NpgsqlConnection Open()
    {
        var connection = new NpgsqlConnection(settings.ConnectionString);
        try
        {
            connection.Open();
            return connection;
        }
        catch (NpgsqlException e)
        {
            connection.Dispose();
            throw new DeploymentException($"Cannot connect to {Name}: {e.Message}", inner: e);
        }
    }
}
