using System.Globalization;
using Hera.PgCore.Host.Http.RateLimits;
using Hera.PgCore.Tests.Infrastructure;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Http;

/// <summary>How often a principal may call: told in headers, refused with 429, and no header of the caller's opens a new window.</summary>
public sealed class RateLimitTests
{
    private const string Path = "/api/v2/integrations/webhooks";
    private const string List = """{"operation": "LIST"}""";
    private const int Limit = 5;

    private TestDatabase _database = null!;
    private TestHost _host = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _host = await TestHost.StartAsync(_database, Limited());
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _host.DisposeAsync();
        await _database.DisposeAsync();
    }

    public static Dictionary<string, string> Limited(int limit = Limit) => new()
    {
        ["OUTBOX_WORKER_ENABLED"] = "false",
        ["RATE_LIMIT_ENABLED"] = "true",
        ["RATE_LIMIT_MAX_REQUESTS_PER_MINUTE"] = limit.ToString(CultureInfo.InvariantCulture),
    };

    [Test]
    public async Task Headers_tell_what_is_left_and_429_when_to_come_again()
    {
        var tenant = await Tenant.CreateAsync(_database);
        var answers = await RepeatAsync(() => _host.PostAsync(Path, tenant.Token, List), Limit + 1);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answers.Select(answer => answer.Status), Is.EqualTo(new[] { 200, 200, 200, 200, 200, 429 }));
            Assert.That(answers.Select(answer => answer.Headers["RateLimit-Remaining"]), Is.EqualTo(new[] { "4", "3", "2", "1", "0", "0" }));
            Assert.That(answers.Select(answer => answer.Headers["RateLimit-Limit"]), Is.All.EqualTo("5"));
            Assert.That(answers.Select(answer => answer.Headers["RateLimit-Policy"]), Is.All.EqualTo("5;w=60"));
            RoutesTests.AssertProblem(answers[^1], 429, "rate_limited");
            Assert.That(int.Parse(answers[^1].Headers["Retry-After"], CultureInfo.InvariantCulture), Is.InRange(1, 120));
            Assert.That(answers[^1].Headers["RateLimit-Reset"], Is.EqualTo(answers[^1].Headers["Retry-After"]));
        }
    }

    [Test]
    public async Task Functions_called_by_name_count_too_and_are_refused_as_PostgREST_would()
    {
        var tenant = await Tenant.CreateAsync(_database);
        var answers = await RepeatAsync(() => _host.PostAsync("/rest/v1/rpc/hera_webhook_config_v1", tenant.Token, "{}"), Limit + 1);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answers.Take(Limit).Select(answer => answer.Status), Is.All.EqualTo(200));
            Assert.That((answers[^1].Status, answers[^1].Json["code"]!.GetValue<string>()), Is.EqualTo((429, "PT429")));
            Assert.That(answers[^1].Headers, Does.ContainKey("Retry-After"));
        }
    }

    [Test]
    public async Task Each_principal_has_a_window_in_each_of_its_organizations()
    {
        var first = await Tenant.CreateAsync(_database);
        var colleague = await Tenant.JoinAsync(_database, first.Organization, "member", "c" + first.Subject);
        var elsewhere = await Tenant.JoinAsync(_database, (await Tenant.CreateAsync(_database)).Organization, "member", first.Subject);
        await RepeatAsync(() => _host.PostAsync(Path, first.Token, List, first.Header), Limit + 1);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((await _host.PostAsync(Path, first.Token, List, first.Header)).Status, Is.EqualTo(429));
            Assert.That((await _host.PostAsync(Path, first.Token, List)).Status, Is.EqualTo(429), "the same organization, unnamed");
            Assert.That((await _host.PostAsync(Path, colleague.Token, List)).Status, Is.EqualTo(200));
            Assert.That((await _host.PostAsync(Path, first.Token, List, elsewhere.Header)).Status, Is.EqualTo(200));
        }
    }

    [Test]
    public async Task No_header_of_the_callers_opens_a_window()
    {
        var tenant = await Tenant.CreateAsync(_database);
        var answers = new List<Answer>();
        for (var n = 0; n < 3 * Limit; n++)
        {
            answers.Add(await _host.PostAsync(
                Path, tenant.Token, List, ("X-Organization-Id", n % 3 == 0 ? "nonsense" : Guid.NewGuid().ToString()), ("X-Forwarded-For", $"10.0.0.{n}"), ("X-Request-Id", $"r{n}"), ("apikey", $"k{n}")));
        }

        Assert.That(answers.Take(Limit).Select(answer => answer.Status), Is.All.EqualTo(400).Or.EqualTo(403), "organizations that are not one's own");
        Assert.That(answers.Skip(Limit).Select(answer => answer.Status), Is.All.EqualTo(429));
    }

    [Test]
    public async Task Whoever_names_nobody_is_counted_by_address()
    {
        await using var host = await TestHost.StartAsync(_database, Limited());
        var answers = new List<Answer>();
        for (var n = 0; n < 2 * Limit; n++)
            answers.Add(await host.PostAsync(Path, n % 2 == 0 ? null : "nonsense", List, ("X-Forwarded-For", $"10.0.0.{n}"), ("X-API-Key", $"hera_{n}")));
        var named = await host.PostAsync(Path, (await Tenant.CreateAsync(_database)).Token, List);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answers.Take(Limit).Select(answer => answer.Status), Is.All.EqualTo(401));
            Assert.That(answers.Skip(Limit).Select(answer => answer.Status), Is.All.EqualTo(429));
            Assert.That(named.Status, Is.EqualTo(200), "who is known has a window of its own, at the same address");
        }
    }

    [Test]
    public async Task Whoever_guesses_keys_soon_asks_the_database_no_more()
    {
        var admin = await Tenant.CreateAsync(_database);
        var created = await _host.PostAsync("/api/v2/integrations/api-keys", admin.Token, """{"operation": "CREATE", "api_key": {"name": "x", "role": "member"} }""");
        var key = created.Data["api_key"]!["key"]!.GetValue<string>();

        // Repeated, since a host that has begun to listen forgets everybody twice and may do so just here: then the key is one more guess.
        var (known, guesses, unasked, still) = await Eventually.Async(() => GuessAsync(key), outcome => outcome.Still.Status == 200, seconds: 20);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(guesses.Select(answer => answer.Status), Is.All.EqualTo(401));
            RoutesTests.AssertProblem(unasked, 429, "rate_limited");
            Assert.That((known.Status, still.Status), Is.EqualTo((200, 200)), "a key in use is not harmed by its neighbours");
        }
    }

    private async Task<(Answer Known, List<Answer> Guesses, Answer Unasked, Answer Still)> GuessAsync(string key)
    {
        await using var host = await TestHost.StartAsync(_database, Limited());
        Task<Answer> WithAsync(string guess) => host.PostAsync(Path, null, List, ("X-API-Key", guess));
        string Guess(int n) => key[..^3] + $"{n:000}";
        var known = await WithAsync(key);
        var guesses = new List<Answer>();
        for (var n = 0; n < Limit; n++)
            guesses.Add(await WithAsync(Guess(n)));

        await using var away = await ResolverAway.BeginAsync(_database, "hera_api_key_resolve_v1");
        return (known, guesses, await WithAsync(Guess(100)), await WithAsync(key));
    }

    [Test]
    public async Task A_trusted_proxy_tells_the_address_and_nobody_else_does()
    {
        var variables = Limited();
        variables["HERA_TRUSTED_PROXIES"] = "127.0.0.0/8, 10.1.0.0/16";
        await using var host = await TestHost.StartAsync(_database, variables);
        Task<Answer> FromAsync(string forwarded) => host.PostAsync(Path, null, List, ("X-Forwarded-For", forwarded));
        await RepeatAsync(() => FromAsync("198.51.100.7"), Limit);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((await FromAsync("198.51.100.7")).Status, Is.EqualTo(429));
            Assert.That((await FromAsync("198.51.100.7, 10.1.2.3")).Status, Is.EqualTo(429), "through two proxies of ours");
            Assert.That((await FromAsync("203.0.113.9, 198.51.100.7")).Status, Is.EqualTo(429), "what the caller put in front is not believed");
            Assert.That((await FromAsync("198.51.100.8")).Status, Is.EqualTo(401));
            Assert.That((await FromAsync("2001:db8::1")).Status, Is.EqualTo(401));
        }

        await RepeatAsync(() => FromAsync("2001:db8::2"), Limit);
        Assert.That((await FromAsync("2001:db8::3")).Status, Is.EqualTo(429), "one network of IPv6 is one caller");
    }

    [TestCase("/livez")]
    [TestCase("/readyz")]
    [TestCase("/api/v2/health")]
    [TestCase("/functions/v1/outbox-worker/health")]
    public async Task Health_is_never_limited(string path)
    {
        var answers = await RepeatAsync(() => _host.GetAsync(path), 3 * Limit);

        Assert.That(answers.Select(answer => answer.Status), Is.All.EqualTo(200).Or.EqualTo(503));
    }

    [Test]
    public async Task Skipping_wins()
    {
        var variables = Limited();
        variables["SKIP_RATE_LIMITING"] = "true";
        await using var host = await TestHost.StartAsync(_database, variables);
        var tenant = await Tenant.CreateAsync(_database);
        var answers = await RepeatAsync(() => host.PostAsync(Path, tenant.Token, List), 3 * Limit);

        Assert.That(answers.Select(answer => answer.Status), Is.All.EqualTo(200));
        Assert.That(answers[0].Headers, Does.Not.ContainKey("RateLimit-Limit"));
    }

    [Test]
    public async Task A_window_slides_and_the_time_told_is_the_time_to_wait()
    {
        var random = new Random(17);
        for (var round = 0; round < 200; round++)
        {
            var (clock, limit) = (new Clock(), random.Next(1, 30));
            var window = new MemoryRateLimit(limit, TimeSpan.FromSeconds(60), clock);
            var passed = new List<double>();
            for (var n = 0; n < 200; n++)
            {
                clock.Advance(random.NextDouble() * 4);
                var use = await window.TakeAsync("a");
                if (use.IsAllowed)
                {
                    passed.Add(clock.Seconds);
                    continue;
                }

                var early = clock.Seconds;
                clock.Advance(use.ResetSeconds);
                Assert.That((await window.TakeAsync("a")).IsAllowed, Is.True, $"limit {limit}, refused at {early}, told {use.ResetSeconds}");
                passed.Add(clock.Seconds);
            }

            Assert.That(passed.GroupBy(at => (int)(at / 60)).Max(minute => minute.Count()), Is.LessThanOrEqualTo(limit));
        }
    }

    [TestCase(1, ExpectedResult = 1)]
    [TestCase(15, ExpectedResult = 15)]
    [TestCase(30, ExpectedResult = 30)]
    public async Task<int> A_full_minute_fades_within_the_next(int secondsIntoTheNext)
    {
        var clock = new Clock();
        var window = new MemoryRateLimit(60, TimeSpan.FromSeconds(60), clock);
        clock.Advance(59);
        var burst = await CountAsync(window);
        clock.Advance(1 + secondsIntoTheNext);

        Assert.That(burst, Is.EqualTo(60));
        return await CountAsync(window);
    }

    [Test]
    public async Task Windows_of_those_who_left_are_forgotten()
    {
        var clock = new Clock();
        var window = new MemoryRateLimit(Limit, TimeSpan.FromSeconds(60), clock);
        for (var n = 0; n < 1000; n++)
            await window.TakeAsync($"{n}");
        clock.Advance(130);
        await window.TakeAsync("last");

        Assert.That(window.Count, Is.EqualTo(1));
    }

    private static async Task<int> CountAsync(MemoryRateLimit window)
    {
        var passed = 0;
        for (var n = 0; n < 100; n++)
            passed += (await window.TakeAsync("a")).IsAllowed ? 1 : 0;
        return passed;
    }

    private static async Task<List<Answer>> RepeatAsync(Func<Task<Answer>> ask, int times)
    {
        var answers = new List<Answer>();
        for (var n = 0; n < times; n++)
            answers.Add(await ask());
        return answers;
    }

    private sealed class Clock : TimeProvider
    {
        private long _milliseconds = 960_000_000;

        public override long TimestampFrequency => 1000;

        public double Seconds => _milliseconds / 1000.0;

        public override long GetTimestamp() => _milliseconds;

        public void Advance(double seconds) => _milliseconds += (long)(seconds * 1000);
    }
}
