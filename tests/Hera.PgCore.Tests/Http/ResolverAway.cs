using Hera.PgCore.Tests.Infrastructure;

namespace Hera.PgCore.Tests.Http;

/// <summary>Until disposed, the database cannot say who somebody is: whoever gets in is remembered by the host.</summary>
internal sealed class ResolverAway : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly string _function;

    private ResolverAway(TestDatabase database, string function)
    {
        _database = database;
        _function = function;
    }

    public static async Task<ResolverAway> BeginAsync(TestDatabase database, string function = "hera_identity_resolve_v1")
    {
        await database.ExecuteAsync($"alter function {function} (text) rename to resolve_is_away");
        return new ResolverAway(database, function);
    }

    public async ValueTask DisposeAsync() => await _database.ExecuteAsync($"alter function resolve_is_away (text) rename to {_function}");
}
