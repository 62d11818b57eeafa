using System.Net;
using System.Net.Sockets;
using Hera.PgCore.Host.Outbox;
using Hera.PgCore.Rpc;
using Hera.PgCore.Tests.Http;
using Hera.PgCore.Tests.Infrastructure;
using Npgsql;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Outbox;

/// <summary>Requests to addresses that are not allowed are not made, however the address is written and whatever a name resolves to.</summary>
public sealed class SsrfTests
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    private TestDatabase _database = null!;
    private AddressPolicy _policy = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _database = await TestDatabase.CreateAsync();
        // http is allowed, so that the address alone decides.
        await _database.ExecuteAsync("""select hera_platform_settings_v1('{"allow_http": true}')""");
        await using var worker = new HeraDatabase(HeraDatabaseOptions.ForWorker(new NpgsqlConnectionStringBuilder(_database.ConnectionString), null));
        _policy = AddressPolicy.Parse(await new OutboxRpc(worker).SettingsAsync());
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _database.DisposeAsync();

    [Test]
    public void There_are_enough_forms() => Assert.That(SsrfForms.Hosts().Count(), Is.GreaterThan(250));

    [Test]
    public async Task No_written_form_reaches_the_canary_at_delivery()
    {
        await using var canary = RawReceiver.StartWith(Ok);
        await using var canary6 = TryStartOnIPv6(canary.Port);
        // The worst resolver: whatever is no address resolves to the canary.
        using var bench = new SenderBench(_policy, ResolveToLoopbackAsync);
        var codes = new List<string?>();
        foreach (var host in SsrfForms.Hosts())
        {
            foreach (var scheme in new[] { "http", "https" })
            {
                var result = await bench.SendAsync($"{scheme}://{host}:{canary.Port}/");
                Assert.That(result.Error, Is.EqualTo(FaultCodes.BlockedAddress).Or.EqualTo(FaultCodes.BadRequest), $"{scheme}://{host}");
                codes.Add(result.Error);
            }
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(canary.Connections, Is.Zero);
            Assert.That(canary6?.Connections ?? 0, Is.Zero);
            Assert.That(codes.Count(code => code == FaultCodes.BlockedAddress), Is.GreaterThan(300), "most forms are understood, and refused for their address");
        }
    }

    [Test]
    public async Task The_canary_would_be_reached_if_the_network_were_allowed()
    {
        await using var canary = RawReceiver.StartWith(Ok);
        using var bench = new SenderBench(SenderBench.LoopbackOnly, ResolveToLoopbackAsync);
        string[] hosts = ["127.0.0.1", "2130706433", "0x7f.0.0.1", "127.1", "localtest.me", "１２７.0.0.1"];
        foreach (var host in hosts)
            Assert.That((await bench.SendAsync($"http://{host}:{canary.Port}/")).StatusCode, Is.EqualTo(200), host);
    }

    [Test]
    public async Task A_flipping_resolver_gains_nothing()
    {
        await using var canary = RawReceiver.StartWith(Ok);
        await using var allowed = RawReceiver.Start(
            (_, stream) => RawReceiver.WriteAsync(stream, "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"), IPAddress.Parse("127.0.0.2"), canary.Port);
        var resolved = 0;
        IPAddress[] addresses = [IPAddress.Parse("127.0.0.2"), IPAddress.Loopback];
        var policy = new AddressPolicy(allowHttp: true, ["127.0.0.0/8", "::/0"], ["127.0.0.2/32"]);
        using var bench = new SenderBench(policy, (_, _) => Task.FromResult(new[] { addresses[Interlocked.Increment(ref resolved) % 2] }));

        var results = new List<DeliveryResult>();
        for (var send = 0; send < 60; send++)
            results.Add(await bench.SendAsync($"http://flip.example:{canary.Port}/"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(canary.Connections, Is.Zero);
            Assert.That(results.Count(result => result.StatusCode == 200), Is.GreaterThan(10), "the allowed address is served");
            Assert.That(results.Count(result => result.Error == FaultCodes.BlockedAddress), Is.GreaterThan(10));
            Assert.That(resolved, Is.GreaterThanOrEqualTo(60), "each connection resolves, and is judged, anew");
        }
    }

    [Test]
    public async Task Of_several_addresses_only_permitted_ones_are_connected_to()
    {
        await using var canary = RawReceiver.StartWith(Ok);
        var policy = new AddressPolicy(allowHttp: true, ["127.0.0.0/8", "::/0"], ["127.0.0.3/32"]);
        using var bench = new SenderBench(policy, (_, _) => Task.FromResult(new[] { IPAddress.Loopback, IPAddress.Parse("127.0.0.3"), IPAddress.Parse("::ffff:127.0.0.1") }));

        var result = await bench.SendAsync($"http://mixed.example:{canary.Port}/");

        Assert.That(result.Error, Is.EqualTo(FaultCodes.ConnectFailed), "nobody listens at the permitted one");
        Assert.That(canary.Connections, Is.Zero);
    }

    [Test]
    public async Task Plain_http_needs_the_deployment_to_allow_it()
    {
        await using var receiver = RawReceiver.StartWith(Ok);
        using var bench = new SenderBench(new AddressPolicy(allowHttp: false, [], []));

        Assert.That((await bench.SendAsync(receiver.Url)).Error, Is.EqualTo(FaultCodes.BlockedAddress));
        Assert.That(receiver.Connections, Is.Zero);
    }

    [TestCase("https://user:password@127.0.0.1/")]
    [TestCase("ftp://127.0.0.1/")]
    [TestCase("file:///etc/passwd")]
    [TestCase("gopher://127.0.0.1/")]
    [TestCase("unix:/var/run/docker.sock")]
    [TestCase("//127.0.0.1/")]
    [TestCase("nonsense")]
    public async Task What_is_no_web_address_is_a_bad_request(string url)
    {
        using var bench = new SenderBench();

        Assert.That((await bench.SendAsync(url)).Error, Is.EqualTo(FaultCodes.BadRequest));
    }

    [Test]
    public async Task No_written_form_becomes_a_webhook_over_http()
    {
        await using var host = await TestHost.StartAsync(_database, new() { ["OUTBOX_WORKER_ENABLED"] = "false", ["WEBHOOK_ALLOWED_NETWORKS"] = "" });
        var tenant = await Tenant.CreateAsync(_database);
        var accepted = new List<string>();
        foreach (var form in SsrfForms.Hosts())
        {
            var url = System.Text.Json.JsonSerializer.Serialize($"https://{form}/hook");
            var answer = await host.PostAsync(
                "/api/v2/integrations/webhooks", tenant.Token, $$$"""{"operation": "CREATE", "webhook_config": {"url": {{{url}}}}}""", tenant.Header);
            if (answer.Status != 400)
                accepted.Add($"{form}: {answer.Status}");
        }

        // Plain names are judged when they are resolved, at delivery.
        Assert.That(accepted, Is.All.Matches("^([a-z0-9-]+\\.)+[a-z]+: 200$"));
    }

    [Test]
    public void A_policy_without_its_lists_is_no_policy()
    {
        Assert.That(() => AddressPolicy.Parse("""{"allow_http": true, "allowed_networks": []}"""u8.ToArray()), Throws.Exception);
        Assert.That(new GuardedConnector((_, _) => Task.FromResult(Array.Empty<IPAddress>())).Policy.Permits(IPAddress.Parse("93.184.216.34")), Is.False, "before it is known nothing is permitted");
    }

    private static Task<IPAddress[]> ResolveToLoopbackAsync(string host, CancellationToken cancellation) =>
        Task.FromResult(new[] { IPAddress.TryParse(host, out var address) ? address : IPAddress.Loopback });

    private static RawReceiver? TryStartOnIPv6(int port)
    {
        try
        {
            return RawReceiver.Start((_, stream) => RawReceiver.WriteAsync(stream, Ok), IPAddress.IPv6Loopback, port);
        }
        catch (SocketException)
        {
            return null;
        }
    }
}
