using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Hera.PgCore.Tests.Http;
using Hera.PgCore.Tests.Infrastructure;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Deploying;

/// <summary>What the Dockerfile builds, built by the same steps: a runner that deploys and a host that answers, on secrets from files.</summary>
public sealed class ImageTests
{
    private readonly Dockerfile _dockerfile = new();
    private string _folder = null!;

    private string App => Path.Combine(_folder, "app");

    [OneTimeSetUp]
    public async Task BuildAsync()
    {
        _folder = Directory.CreateTempSubdirectory("hera-image-").FullName;
        await _dockerfile.BuildAsync(Directory.CreateDirectory(Path.Combine(_folder, "source")).FullName, App);
    }

    [OneTimeTearDown]
    public void Clean() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void The_image_has_no_shell_and_runs_as_nobody_special()
    {
        Assert.That(_dockerfile.FinalImage, Does.EndWith("-chiseled"));
        Assert.That(_dockerfile.User, Is.EqualTo("$APP_UID"), "the base image's user without rights");
        Assert.That(_dockerfile.EntryPoint[0], Is.EqualTo("dotnet"));
        Assert.That(_dockerfile.HealthCheck[0], Is.EqualTo("dotnet"));
    }

    [Test]
    public async Task The_runner_deploys_and_the_host_gets_healthy_and_takes_an_event()
    {
        await using var database = await TestDatabase.CreateEmptyAsync();
        var origin = $"http://127.0.0.1:{FreePort()}";
        var host = new Dictionary<string, string>
        {
            ["DATABASE_URL_FILE"] = Secret("api_url", database.ConnectionString),
            ["HERA_JWT_SECRET_FILE"] = Secret("jwt_secret", TestHost.JwtSecret),
            ["HERA_ENCRYPTION_KEY_FILE"] = Secret("encryption_key", TestHost.EncryptionKey),
            ["HERA_URLS"] = origin,
            // What the base image sets, to no effect here.
            ["ASPNETCORE_HTTP_PORTS"] = "8080",
        };
        var up = Start(["dotnet", "migrations.runner.dll", "up"], new() { ["DATABASE_URL_FILE"] = Secret("deployer_url", database.ConnectionString) });
        Assert.That(await EndOfAsync(up), Is.Zero);
        Assert.That(await EndOfAsync(Start(_dockerfile.HealthCheck, host)), Is.EqualTo(1), "nobody is there yet");

        using var process = Start(_dockerfile.EntryPoint, host);
        try
        {
            var exit = 1;
            for (var attempt = 0; attempt < 20 && exit != 0; attempt++)
            {
                await Task.Delay(500);
                exit = await EndOfAsync(Start(_dockerfile.HealthCheck, host));
            }

            Assert.That(exit, Is.Zero);
            using var client = new HttpClient { BaseAddress = new Uri(origin) };
            client.DefaultRequestHeaders.Add("Authorization", "Bearer " + Tokens.For(Tenant.SystemActor));
            using var content = new StringContent("""{"event_source": "shop", "event_type": "order.paid"}""", new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
            using var answer = await client.PostAsync(new Uri("/functions/v1/api-v2/integrations/events", UriKind.Relative), content);
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), await answer.Content.ReadAsStringAsync());
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    [Test]
    public async Task A_health_check_fails_where_the_database_is_away()
    {
        var variables = TestHost.Variables("Host=127.0.0.1;Port=1;Username=x", new() { ["HERA_URLS"] = $"http://0.0.0.0:{FreePort()}" });
        using var process = Start(_dockerfile.EntryPoint, variables);
        try
        {
            using var client = new HttpClient { BaseAddress = new Uri(variables["HERA_URLS"].Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal)) };
            Assert.That(await Eventually.Async(() => IsAliveAsync(client), alive => alive, seconds: 30), Is.True, "it waits for the database");
            Assert.That(await EndOfAsync(Start(_dockerfile.HealthCheck, variables)), Is.EqualTo(1));
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    private static async Task<bool> IsAliveAsync(HttpClient client)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri("/livez", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    [Test]
    public async Task An_argument_that_means_nothing_stops_the_start() =>
        Assert.That(await EndOfAsync(Start([.. _dockerfile.EntryPoint, "--helth"], [])), Is.EqualTo(1));

    private string Secret(string name, string value)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, value + "\n");
        return path;
    }

    private Process Start(string[] command, Dictionary<string, string> variables)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { WorkingDirectory = App };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("HERA_", StringComparison.Ordinal) || name == "DATABASE_URL").ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private static async Task<int> EndOfAsync(Process process)
    {
        using (process)
        {
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
            return process.ExitCode;
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
