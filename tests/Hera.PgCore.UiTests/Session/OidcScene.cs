using Hera.PgCore.Host.Pages.Session;
using Hera.PgCore.Tests.Http;
using Hera.PgCore.Tests.Infrastructure;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.DependencyInjection;

namespace Hera.PgCore.UiTests.Session;

/// <summary>An authority, and a host in production whose people sign in there.</summary>
internal sealed class OidcScene : IAsyncDisposable
{
    private OidcScene(OidcAuthority authority, TestDatabase database, Tenant tenant)
    {
        Authority = authority;
        Database = database;
        Tenant = tenant;
    }

    public OidcAuthority Authority { get; }

    public TestDatabase Database { get; }

    public TestHost Host { get; private set; } = null!;

    public Tenant Tenant { get; }

    public static async Task<OidcScene> CreateAsync()
    {
        var database = await TestDatabase.CreateAsync();
        var scene = new OidcScene(await OidcAuthority.StartAsync(), database, await Tenant.CreateAsync(database));
        scene.Host = await scene.StartHostAsync();
        return scene;
    }

    /// <summary>The admin of the tenant is who agrees next, and tokens are as they should be.</summary>
    public void Reset()
    {
        Authority.Reset();
        Authority.Subject = Tenant.Subject;
    }

    public Task<TestHost> StartHostAsync(Dictionary<string, string>? variables = null, bool isDevelopment = false)
    {
        var all = new Dictionary<string, string>
        {
            ["HERA_JWT_AUTHORITY"] = Authority.Url,
            ["HERA_JWT_ISSUER"] = Authority.Url,
            ["HERA_JWT_AUDIENCE"] = "hera",
            ["HERA_OIDC_CLIENT_ID"] = OidcAuthority.ClientId,
            ["HERA_OIDC_CLIENT_SECRET"] = OidcAuthority.ClientSecret,
            ["OUTBOX_WORKER_ENABLED"] = "false",
        };
        foreach (var (name, value) in variables ?? [])
            all[name] = value;
        return TestHost.StartAsync(Database, all, isDevelopment, services =>
            services.Configure<OpenIdConnectOptions>(OidcSignIn.Scheme, oidc => oidc.BackchannelHttpHandler = Authority.TrustingHandler()));
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Database.DisposeAsync();
        await Authority.DisposeAsync();
    }
}
