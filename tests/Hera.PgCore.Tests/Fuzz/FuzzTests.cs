using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Hera.PgCore.Tests.Http;
using Hera.PgCore.Tests.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Fuzz;

/// <summary>
/// Malformed requests over all routes: nothing that a caller sends is answered with 5xx, left unanswered, or kept in memory. A run of
/// the suite sends a few thousand; FUZZ_REQUESTS=100000 sends more, FUZZ_SEED repeats a run.
/// </summary>
[NonParallelizable] // It measures the heap of the process.
public sealed class FuzzTests
{
    private const int Chunk = 64;
    private const int Size = 10;
    private const int Connections = 8;
    private const long Flat = 24 * 1024 * 1024;

    private static readonly int Requests = int.Parse(Environment.GetEnvironmentVariable("FUZZ_REQUESTS") ?? "4000", CultureInfo.InvariantCulture);

    private static readonly ulong Seed = ulong.Parse(
        Environment.GetEnvironmentVariable("FUZZ_SEED") ?? Random.Shared.NextInt64(1, long.MaxValue).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static readonly Regex Routed = new("integration_event_in|event_batch|integration_connector|webhook_config|webhook_(logs|deliveries|dead_letters|replay)|transaction_post");

    private readonly Dictionary<int, int> _statuses = [];
    private readonly List<string> _faults = [];
    private readonly Lock _gate = new();
    private TestDatabase _database = null!;
    private TestHost _host = null!;
    private FuzzAnswer _slowest;
    private int _answered;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _host = await TestHost.StartAsync(_database, new() { ["OUTBOX_WORKER_ENABLED"] = "false", ["LOG_LEVEL"] = "error", ["SKIP_RATE_LIMITING"] = "true" });
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _host.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Test]
    public async Task No_malformed_request_is_answered_with_5xx_or_not_at_all_or_kept()
    {
        await TestContext.Progress.WriteLineAsync($"FUZZ_SEED={Seed} FUZZ_REQUESTS={Requests}");
        var generator = (await RequestsAsync()).All();
        var chunks = (Requests + Chunk - 1) / Chunk;
        var started = Stopwatch.GetTimestamp();

        await RunAsync(generator, 0, chunks / 4);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await RunAsync(generator, chunks / 4, chunks);
        var after = GC.GetTotalMemory(forceFullCollection: true);

        var report = Report(Stopwatch.GetElapsedTime(started), before, after);
        await TestContext.Progress.WriteLineAsync(report);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_faults, Is.Empty, $"FUZZ_SEED={Seed}\n{string.Join("\n\n", _faults.Take(5))}\n{string.Join('\n', _host.Log.Lines.Take(20))}");
            Assert.That(_answered, Is.GreaterThan(Requests * 8 / 10), "the requests arrived");
            Assert.That(_statuses.GetValueOrDefault(200), Is.GreaterThan(Requests / 50), "enough of it goes all the way to the database");
            Assert.That(after - before, Is.LessThan(Flat), report);
        }
    }

    /// <summary>Chunks are made from the seed and their number, so each can be made again alone.</summary>
    private Task RunAsync(Gen<FuzzRequest> generator, int first, int end)
    {
        var next = first - 1;
        return Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) is var number && number < end)
                Note(number, await new FuzzClient(_host.Client.BaseAddress!.Port).SendAsync(generator.Sample(Chunk, new Rnd(Seed, ((ulong)number << 1) | 1), Size).ToArray()));
        })));
    }

    private void Note(int chunk, List<FuzzAnswer> answers)
    {
        lock (_gate)
        {
            foreach (var answer in answers)
            {
                _answered++;
                _statuses[answer.Status] = _statuses.GetValueOrDefault(answer.Status) + 1;
                if (answer.Time > _slowest.Time)
                    _slowest = answer;
                if (IsFault(answer) && _faults.Count < 100)
                    _faults.Add($"chunk {chunk}: {answer.Status} to\n{answer.Request}");
            }
        }
    }

    // 505 is the one right answer to another version of HTTP.
    private static bool IsFault(FuzzAnswer answer) => answer.Status is 0 or >= 500 && !(answer.Status == 505 && !answer.Request.IsFramed);

    private string Report(TimeSpan time, long before, long after)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{_answered} answers in {time.TotalSeconds:0} s; live heap after a quarter {before >> 10} KiB, at the end {after >> 10} KiB; ");
        text.AppendJoin(", ", _statuses.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key}: {pair.Value}"));
        text.Append(CultureInfo.InvariantCulture, $"; slowest {_slowest.Time.TotalMilliseconds:0} ms, {_slowest.Status}: {_slowest.Request.Head.Split('\r')[0]}");
        return text.ToString();
    }

    private async Task<FuzzRequests> RequestsAsync()
    {
        var routes = _host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(endpoint => new FuzzRoute(endpoint.RoutePattern.RawText!, endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []))
            .ToArray();
        Assert.That(routes, Has.Length.GreaterThan(20));
        // Behind one route that names a function stand all of them.
        var byName = routes.Where(route => route.Pattern.Contains("{function", StringComparison.Ordinal)).ToArray();
        var functions = (await _database.ListAsync<string[]>("""
            select array[proname] || array(select substr(n, 3) from unnest(proargnames) n where n not in ('p_actor_user_id', 'p_organization_id'))
            from pg_proc where pronamespace = 'public'::regnamespace and proname ~ '^hera_' order by proname
            """)).Select(row => new FuzzFunction(row[0], row[1..])).ToArray();
        Tenant[] tenants = [await Tenant.CreateAsync(_database), await Tenant.CreateAsync(_database), await Tenant.CreateAsync(_database, "member")];
        return new FuzzRequests(
            [.. routes, .. Enumerable.Repeat(byName, 10).SelectMany(named => named)],
            // Those behind routes of their own come more often.
            [.. functions, .. Enumerable.Repeat(functions.Where(function => Routed.IsMatch(function.Name)), 5).SelectMany(routed => routed)],
            [.. tenants.Select(tenant => tenant.Token), Tokens.For(Tenant.SystemActor)],
            [.. tenants.Select(tenant => tenant.Organization.ToString()), Guid.Empty.ToString()]);
    }
}
