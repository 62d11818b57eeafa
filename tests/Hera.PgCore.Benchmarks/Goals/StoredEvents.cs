using Hera.PgCore.Benchmarks.Measuring;
using Hera.PgCore.Benchmarks.Stage;

namespace Hera.PgCore.Benchmarks.Goals;

/// <summary>Goal 7: taking events in does not slow down over those that are stored.</summary>
internal static class StoredEvents
{
    public static readonly Goal Goal = new(
        7, "one event a call (8 clients) with 1,000,000 events and their idempotency keys stored; against the same with 1,000", MeasureAsync);

    private static async Task<Outcome> MeasureAsync(BenchStage stage)
    {
        var time = TimeSpan.FromSeconds(stage.Options.Quick ? 1 : 4);
        await using var few = await stage.CreateDatabaseAsync();
        await using var many = await stage.CreateDatabaseAsync();
        var fewTenant = await FillAsync(stage, few, 1000);
        var manyTenant = await FillAsync(stage, many, stage.Options.Scale(1_000_000));
        await few.ExecuteAsync("checkpoint");

        var (limits, rates) = (new Samples(), new Samples());
        for (var round = 0; round < stage.Options.Rounds; round++)
        {
            limits.Add(await Ingest.EventRateAsync(few, fewTenant, time));
            rates.Add(await Ingest.EventRateAsync(many, manyTenant, time));
        }

        var ratios = rates.Over(limits);
        return new Outcome
        {
            Figures = { new Figure(null, ratios.Median, Wants.AtLeast, 0.90) },
            Details =
            {
                new Detail("with 1,000,000 events", "events a second", rates),
                new Detail("limit: with 1,000", "events a second", limits),
                new Detail("ratio", "", ratios, "0.00"),
            },
        };
    }

    /// <summary>A tenant with that many events of the hours before, stored as the product stores them.</summary>
    private static async Task<Tenant> FillAsync(BenchStage stage, BenchDatabase database, int count)
    {
        var tenant = await Tenant.CreateAsync(database, [stage.Receiver.Urls[0]]);
        await database.ExecuteAsync($"""
            with stored as (
              insert into hera.events (
                organization_id, id, created_at, created_by, deliveries, status, event_source, event_type, smart_code, idempotency_key, event_data)
              select '{tenant.Id}', hera_internal.new_id(t.at), t.at, '{tenant.Member}', 1, 'processed', 'bench', 'order0',
                'HERA.INTEGRATION.EVENT.BENCH.ORDER0.v1', 'stored' || n, jsonb_set('{Tenant.EventData(1)}', array['order'], to_jsonb(n))
              from generate_series(1, {count}) n
              cross join lateral (select now() - n * interval '40 ms' as at) t
              returning organization_id, idempotency_key, id)
            insert into hera.idempotency_keys (organization_id, idempotency_key, event_id, content_hash)
            select organization_id, idempotency_key, id, substring(sha256(convert_to(idempotency_key, 'UTF8')) for 16) from stored
            """);
        await database.ExecuteAsync("vacuum analyze");
        return tenant;
    }
}
