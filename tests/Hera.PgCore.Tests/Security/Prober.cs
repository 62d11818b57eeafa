using Hera.PgCore.Tests.Sql;
using Npgsql;
using NpgsqlTypes;

namespace Hera.PgCore.Tests.Security;

/// <summary>All that a call told its caller.</summary>
internal sealed record ProbeResult(string Sql, string Error, string? Code, string? Message, string? Hint, string? Output, string? State, double Milliseconds)
{
    public bool Succeeded => Error == "00000";

    public override string ToString() => $"{Error} {Code} {Message} {Hint} {Output}\n  {(Sql.Length > 600 ? Sql[..600] + "…" : Sql)}";
}

/// <summary>Runs statements as a login, one after the other, and undoes each.</summary>
internal sealed class Prober : IAsyncDisposable
{
    private readonly NpgsqlConnection connection;

    private Prober(NpgsqlConnection connection) => this.connection = connection;

    /// <summary>What the server sent beside answers and errors.</summary>
    public List<string> Notices { get; } = [];

    public static async Task<Prober> CreateAsync(Tenants tenants, string login)
    {
        var connection = await SqlTestFiles.OpenAsync(tenants.Database, options: "-c client_min_messages=log");
        await using (var command = new NpgsqlCommand(
            $"""
            grant usage on schema hera_test to public; grant execute on all functions in schema hera_test to public;
            set session authorization "{login}"
            """, connection))
            await command.ExecuteNonQueryAsync();
        var prober = new Prober(connection);
        connection.Notice += (_, e) => prober.Notices.Add($"{e.Notice.MessageText} {e.Notice.Detail} {e.Notice.Hint} {e.Notice.Where}");
        return prober;
    }

    /// <param name="statements">Statements that answer one text.</param>
    /// <param name="organization">The organization whose rows are hashed after a call that succeeded; null: none.</param>
    public async Task<IReadOnlyList<ProbeResult>> RunAsync(IEnumerable<string> statements, Guid? organization)
    {
        List<ProbeResult> results = [];
        foreach (var chunk in statements.Chunk(500))
        {
            await using var command = new NpgsqlCommand(
                "select s, p.* from unnest($1) with ordinality x (s, n) cross join lateral hera_test.probe(s, $2) p order by n", connection);
            command.Parameters.Add(new NpgsqlParameter { Value = chunk, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
            command.Parameters.Add(new NpgsqlParameter { Value = (object?)organization ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                string? Text(int n) => reader.IsDBNull(n) ? null : reader.GetString(n);
                results.Add(new ProbeResult(reader.GetString(0), reader.GetString(1), Text(2), Text(3), Text(4), Text(5), Text(6), (double)reader.GetDecimal(7)));
            }
        }
        return results;
    }

    public async Task<ProbeResult> RunAsync(string statement, Guid? organization = null) => (await RunAsync([statement], organization))[0];

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
