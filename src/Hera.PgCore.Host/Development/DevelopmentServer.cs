using System.Net;
using System.Net.Sockets;
using Hera.PgCore.Host.Options;
using Hera.PgCore.LocalPostgres;
using Hera.PgCore.Migrations;

namespace Hera.PgCore.Host.Development;

/// <summary>What a start without DATABASE_URL brings along: a database of its own, deployed and with a demo in it.</summary>
internal sealed class DevelopmentServer : IAsyncDisposable
{
    private static readonly int[] Ports = [54321, 3000];

    private readonly PostgresServer _postgres;
    private readonly DemoReceiver _receiver;
    private readonly string _jwtSecret;

    private DevelopmentServer(PostgresServer postgres, DemoReceiver receiver, string jwtSecret, EnvironmentReader environment)
    {
        _postgres = postgres;
        _receiver = receiver;
        _jwtSecret = jwtSecret;
        Environment = environment;
    }

    /// <summary>The environment with what this start has decided, for the host to read.</summary>
    public EnvironmentReader Environment { get; }

    public static async Task<DevelopmentServer> StartAsync(EnvironmentReader environment, CancellationToken cancellation)
    {
        try
        {
            var folder = new DataFolder(environment);
            var binaries = await PostgresBinaries.FindOrInstallAsync(Console.WriteLine, cancellation);
            var options = PostgresServerOptions.Development(folder.Database) with { Log = Console.WriteLine, Binaries = binaries };
            var postgres = await PostgresServer.StartAsync(options, cancellation);
            try
            {
                new Deployment(postgres.ConnectionString()).Up();
                var jwtSecret = folder.Secret("jwt-secret", Convert.ToHexStringLower);
                var receiver = new DemoReceiver(folder.Secret("demo-webhook-secret", bytes => "whsec_" + Convert.ToBase64String(bytes)));
                return new DevelopmentServer(postgres, receiver, jwtSecret, environment.WithDefaults(new Dictionary<string, string>
                {
                    ["DATABASE_URL"] = postgres.Url(),
                    ["HERA_JWT_SECRET"] = jwtSecret,
                    ["HERA_ENCRYPTION_KEY"] = folder.Secret("encryption-key", Convert.ToBase64String),
                    ["HERA_URLS"] = string.Join(';', Ports.Select(FreeUrl)),
                    ["WEBHOOK_ALLOW_HTTP"] = "true",
                    ["WEBHOOK_ALLOWED_NETWORKS"] = "127.0.0.0/8,::1/128",
                }));
            }
            catch
            {
                await postgres.DisposeAsync();
                throw;
            }
        }
        catch (Exception exception) when (exception is PostgresServerException or DeploymentException or IOException or UnauthorizedAccessException)
        {
            throw new StartupException(exception.Message);
        }
    }

    public void Map(WebApplication app) => _receiver.Map(app);

    /// <summary>Sets up the demo in a host that has started and tells what to try.</summary>
    public async Task IntroduceAsync(WebApplication app, CancellationToken cancellation)
    {
        var origin = app.Urls.First();
        var demo = await Demo.PrepareAsync(app.Services, origin + DemoReceiver.Path, _receiver.Secret, cancellation);
        var settings = app.Services.GetRequiredService<TokenOptions>();
        Console.WriteLine(Introduction.Text(origin, _postgres.Url(), demo, DemoToken.Create(settings with { Secret = settings.Secret ?? _jwtSecret }, demo)));
    }

    public ValueTask DisposeAsync() => _postgres.DisposeAsync();

    private static string FreeUrl(int port)
    {
        try
        {
            using var probe = new TcpListener(IPAddress.Loopback, port);
            probe.Start();
        }
        catch (SocketException)
        {
            Console.WriteLine($"Port {port} is taken; a free one is used instead.");
            port = 0;
        }

        return $"http://127.0.0.1:{port}";
    }
}
