namespace Hera.PgCore.Tests.Infrastructure;

/// <summary>
/// A login of one test. Logins belong to the cluster, so it has a name of its own; dispose it after the databases it owns things in.
/// </summary>
public sealed class TestLogin : IAsyncDisposable
{
    internal const string Password = "test";

    private readonly TestServer server;

    private TestLogin(TestServer server, string name)
    {
        this.server = server;
        Name = name;
    }

    public string Name { get; }

    /// <param name="attributes">What follows <c>create role … login</c>: <c>createrole</c>, <c>in role hera_reader</c>.</param>
    /// <param name="prefix">What the name begins with.</param>
    public static async Task<TestLogin> CreateAsync(string attributes = "", string prefix = "test_login_")
    {
        var server = await TestServer.GetAsync();
        var name = $"{prefix}{Guid.NewGuid():N}";
        await server.ExecuteAsync($"create role \"{name}\" login password '{Password}' {attributes}");
        return new TestLogin(server, name);
    }

    public async ValueTask DisposeAsync() => await server.ExecuteAsync($"drop role if exists \"{Name}\"");
}
