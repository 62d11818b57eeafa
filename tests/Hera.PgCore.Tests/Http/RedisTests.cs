using System.Diagnostics;
using Hera.PgCore.Host.Http;
using Hera.PgCore.Host.Http.RateLimits;
using Hera.PgCore.Host.Options;
using Hera.PgCore.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Http;

/// <summary>Hosts share windows and identities through Redis while it is there, and go on without it while it is not.</summary>
[NonParallelizable] // It measures for how long nobody is held up.
public sealed class RedisTests
{
    private const string Path = "/api/v2/integrations/webhooks";
    private const string List = """{"operation": "LIST"}""";
    private const int Limit = 10;

    private TestDatabase _database = null!;
    private RedisServer _redis = null!;
    private TestHost _first = null!;
    private TestHost _second = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _redis = await RedisServer.StartAsync();
        _database = await TestDatabase.CreateAsync();
        _first = await HostAsync(_redis.Url);
        _second = await HostAsync(_redis.Url);
    }

    [TearDown]
    public async Task StopAsync()
    {
        if (_first is not null)
        {
            await _first.DisposeAsync();
            await _second.DisposeAsync();
            await _database.DisposeAsync();
        }

        if (_redis is not null)
            await _redis.DisposeAsync();
    }

    [Test]
    public async Task Two_hosts_share_one_window()
    {
        var tenant = await Tenant.CreateAsync(_database);
        var answers = await Task.WhenAll(Enumerable.Range(0, 4 * Limit).Select(n => (n % 2 == 0 ? _first : _second).PostAsync(Path, tenant.Token, List)));
        var alone = await _first.PostAsync(Path, (await Tenant.CreateAsync(_database)).Token, List);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answers.Count(answer => answer.Status == 200), Is.EqualTo(Limit));
            Assert.That(answers.Count(answer => answer.Status == 429), Is.EqualTo(3 * Limit));
            Assert.That(alone.Headers["RateLimit-Remaining"], Is.EqualTo($"{Limit - 1}"));
            Assert.That(_first.Log.Lines.Concat(_second.Log.Lines), Has.None.Contains("Redis is away"));
        }
    }

    [Test]
    public async Task Redis_is_killed_midway_and_comes_back()
    {
        var (before, meanwhile) = (await Tenant.CreateAsync(_database), await Tenant.CreateAsync(_database));
        await _first.PostAsync(Path, before.Token, List);

        await _redis.KillAsync();
        var slowest = TimeSpan.Zero;
        var alone = new List<int>();
        for (var n = 0; n < 2 * Limit; n++)
        {
            var start = Stopwatch.GetTimestamp();
            alone.Add((await _first.PostAsync(Path, meanwhile.Token, List)).Status);
            slowest = TimeSpan.FromTicks(Math.Max(slowest.Ticks, Stopwatch.GetElapsedTime(start).Ticks));
        }

        var warnings = _first.Log.Lines.Count(line => line.Contains("Redis is away", StringComparison.Ordinal));
        await _redis.RestartAsync();
        var after = await Tenant.CreateAsync(_database);
        var shared = await Eventually.Async(
            async () =>
            {
                await _first.PostAsync(Path, after.Token, List);
                var (one, other) = (await _first.PostAsync(Path, after.Token, List), await _second.PostAsync(Path, after.Token, List));
                return (one, other);
            },
            pair => pair is { one.Status: 429, other.Status: 429 },
            seconds: 20);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(alone.Take(Limit), Is.All.EqualTo(200));
            Assert.That(alone.Skip(Limit), Is.All.EqualTo(429), "this host's memory counts meanwhile");
            Assert.That(slowest, Is.LessThan(TimeSpan.FromSeconds(2)));
            Assert.That(warnings, Is.EqualTo(1));
            Assert.That(shared.other.Status, Is.EqualTo(429), "the windows are shared again");
            Assert.That(_first.Log.Lines, Has.None.StartsWith("Error"));
        }
    }

    [Test]
    public async Task A_frozen_redis_holds_nobody_up()
    {
        var tenants = new List<Tenant>();
        for (var n = 0; n < 5; n++)
            tenants.Add(await Tenant.CreateAsync(_database));
        await _first.PostAsync(Path, tenants[0].Token, List);

        _redis.Freeze();
        try
        {
            // Long enough for the client to give its connection up and try another.
            for (var (begin, n) = (Stopwatch.GetTimestamp(), 0); Stopwatch.GetElapsedTime(begin).TotalSeconds < 8; n++)
            {
                var start = Stopwatch.GetTimestamp();
                var answer = await _first.PostAsync(Path, tenants[n % tenants.Count].Token, List);

                Assert.That(answer.Status, Is.EqualTo(200).Or.EqualTo(429), answer.Text);
                Assert.That(Stopwatch.GetElapsedTime(start), Is.LessThan(TimeSpan.FromSeconds(2)));
                // At first in a row: each of these callers is new, so that calls are under way when the client gives its connection up.
                if (n >= tenants.Count)
                    await Task.Delay(50);
            }
        }
        finally
        {
            _redis.Thaw();
        }
    }

    [Test]
    public void A_call_that_the_client_cancels_is_an_absence_and_a_mistake_of_ours_is_none()
    {
        // Seen where a frozen connection was given up with a call under way; when that happens is up to the client.
        Assert.That(RedisConnection.IsAbsence(new TaskCanceledException()), Is.True);
        Assert.That(RedisConnection.IsAbsence(new InvalidOperationException { Source = "System.IO.Pipelines" }), Is.True);
        Assert.That(RedisConnection.IsAbsence(new InvalidOperationException()), Is.False);
    }

    [TestCase("127.0.0.1")]
    [TestCase("redis.invalid")]
    public async Task A_host_starts_without_redis(string name)
    {
        await using var host = await HostAsync($"redis://{name}:{RedisServer.FreePort()}");
        var tenant = await Tenant.CreateAsync(_database);
        var start = Stopwatch.GetTimestamp();
        var answers = new List<Answer>();
        for (var n = 0; n < Limit + 1; n++)
            answers.Add(await host.PostAsync(Path, tenant.Token, List));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answers.Select(answer => answer.Status), Is.EqualTo(Enumerable.Repeat(200, Limit).Append(429)));
            Assert.That(Stopwatch.GetElapsedTime(start), Is.LessThan(TimeSpan.FromSeconds(5)));
            Assert.That(host.Log.Lines.Count(line => line.Contains("Redis is away", StringComparison.Ordinal)), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task The_time_told_is_the_time_to_wait()
    {
        await using var redis = new RedisConnection(_first.Services.GetRequiredService<EdgeOptions>(), NullLogger<RedisConnection>.Instance);
        var memory = new MemoryRateLimit(1, TimeSpan.FromHours(1), TimeProvider.System);
        await memory.TakeAsync("a");
        var limit = new RedisRateLimit(redis, memory, 3, TimeSpan.FromSeconds(2));
        var uses = new List<RateUse>();
        for (var n = 0; n < 4; n++)
            uses.Add(await limit.TakeAsync("a"));

        await Task.Delay(TimeSpan.FromSeconds(uses[^1].ResetSeconds));
        var later = await limit.TakeAsync("a");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(uses.Select(use => (use.IsAllowed, use.Remaining)), Is.EqualTo(new[] { (true, 2), (true, 1), (true, 0), (false, 0) }));
            Assert.That(later.IsAllowed, Is.True, "memory, which would refuse, was not asked");
        }
    }

    [Test]
    public async Task What_one_host_has_resolved_the_other_knows_until_it_changes()
    {
        var admin = await Tenant.CreateAsync(_database);
        var member = await Tenant.JoinAsync(_database, admin.Organization, "member", "m" + admin.Subject);

        // Repeated, since what a grant has changed is forgotten twice and the second time may come just here.
        var (known, control) = await Eventually.Async(
            async () =>
            {
                await _first.PostAsync(Path, member.Token, List);
                await using var away = await ResolverAway.BeginAsync(_database);
                return (Known: await _second.PostAsync(Path, member.Token, List), Control: await _second.PostAsync(Path, admin.Token, List));
            },
            pair => pair.Known.Status == 200,
            seconds: 10);
        await _database.ExecuteAsync($$"""
            select hera_membership_v1('{{Tenant.SystemActor}}', '{{admin.Organization}}', 'REVOKE', '{"auth_uid": "{{member.Subject}}"}')
            """);
        var gone = await Eventually.Async(() => _second.PostAsync(Path, member.Token, List), answer => answer.Status == 400);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(known.Status, Is.EqualTo(200), known.Text);
            Assert.That(control.Status, Is.EqualTo(404));
            RoutesTests.AssertProblem(gone, 400, "no_organization_context");
        }
    }

    private Task<TestHost> HostAsync(string redis)
    {
        var variables = RateLimitTests.Limited(Limit);
        variables["REDIS_URL"] = redis;
        return TestHost.StartAsync(_database, variables);
    }
}
