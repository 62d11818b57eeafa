using System.Globalization;
using System.Text;
using Hera.PgCore.Benchmarks.Measuring;
using Hera.PgCore.Benchmarks.Stage;
using Npgsql;
using NpgsqlTypes;

namespace Hera.PgCore.Benchmarks.Goals;

/// <summary>Goal 6: taking events in, against inserting the same JSON into a plain table.</summary>
internal static class Ingest
{
    public static readonly Goal Goal = new(
        6, "one event a call (8 clients, idempotency key, one matching webhook) against a plain one-row insert transaction; 100 events a call against a 100-row insert",
        MeasureAsync);

    public const string EventSql = "select public.hera_integration_event_in_v1($1, $2, 'bench', 'order0', $3, null, $4)";
    public const string PlainTable = "create table public.bench_plain (id uuid primary key, data jsonb not null); grant insert on public.bench_plain to hera_api";

    private const string BatchSql = "select public.hera_integration_event_batch_v1($1, $2, $3)";
    private const string PlainSql = "insert into public.bench_plain values ($1, $2)";
    private const string PlainBatchSql = "insert into public.bench_plain select * from unnest($1::uuid[], $2::jsonb[])";
    private const int Clients = 8;
    private const int BatchSize = 100;

    private static async Task<Outcome> MeasureAsync(BenchStage stage)
    {
        var time = TimeSpan.FromSeconds(stage.Options.Quick ? 1 : 3);
        var (events, plain, batches, plainBatches) = (new Samples(), new Samples(), new Samples(), new Samples());
        for (var round = 0; round < stage.Options.Rounds; round++)
        {
            await using var database = await stage.CreateDatabaseAsync();
            var tenant = await Tenant.CreateAsync(database, [stage.Receiver.Urls[0]]);
            await database.ExecuteAsync(PlainTable);
            plain.Add(await PlainRateAsync(database, time));
            events.Add(await EventRateAsync(database, tenant, time));
            plainBatches.Add(BatchSize * await RunAsync(database, PlainBatchSql, DeclarePlainBatch, FillPlainBatch, time));
            batches.Add(BatchSize * await RunAsync(database, BatchSql, parameters => DeclareBatch(parameters, tenant), FillBatch, time));
        }

        var (ratios, batchRatios) = (events.Over(plain), batches.Over(plainBatches));
        return new Outcome
        {
            Figures =
            {
                new Figure(null, ratios.Median, Wants.AtLeast, 0.35),
                new Figure("100 a call", batchRatios.Median, Wants.AtLeast, 0.20),
            },
            Details =
            {
                new Detail("one event a call", "events a second", events),
                new Detail("limit: one row a transaction", "rows a second", plain),
                new Detail("100 events a call", "events a second", batches),
                new Detail("limit: 100 rows an insert", "rows a second", plainBatches),
                new Detail("ratio", "", ratios, "0.00"),
                new Detail("ratio, 100 a call", "", batchRatios, "0.00"),
            },
        };
    }

    /// <summary>Events a second, each a call of its own.</summary>
    public static Task<double> EventRateAsync(BenchDatabase database, Tenant tenant, TimeSpan time) => RunAsync(
        database,
        EventSql,
        parameters =>
        {
            parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Uuid, Value = tenant.Member });
            parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Uuid, Value = tenant.Id });
            parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Jsonb });
            parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Text });
        },
        (parameters, number) =>
        {
            parameters[2].Value = Tenant.EventData(number);
            parameters[3].Value = number.ToString(CultureInfo.InvariantCulture);
        },
        time);

    private static Task<double> PlainRateAsync(BenchDatabase database, TimeSpan time) => RunAsync(
        database,
        PlainSql,
        parameters =>
        {
            parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Uuid });
            parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Jsonb });
        },
        (parameters, number) =>
        {
            parameters[0].Value = Guid.NewGuid();
            parameters[1].Value = Tenant.EventData(number);
        },
        time);

    private static Task<double> RunAsync(
        BenchDatabase database, string sql, Action<NpgsqlParameterCollection> declare, Action<NpgsqlParameterCollection, long> fill, TimeSpan time) =>
        ClientRun.RateAsync(database.Api, sql, declare, fill, Clients, time);

    private static void DeclarePlainBatch(NpgsqlParameterCollection parameters)
    {
        parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
        parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb });
    }

    private static void FillPlainBatch(NpgsqlParameterCollection parameters, long number)
    {
        parameters[0].Value = Enumerable.Range(0, BatchSize).Select(_ => Guid.NewGuid()).ToArray();
        parameters[1].Value = Enumerable.Range(0, BatchSize).Select(row => Tenant.EventData((number * BatchSize) + row)).ToArray();
    }

    private static void DeclareBatch(NpgsqlParameterCollection parameters, Tenant tenant)
    {
        parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Uuid, Value = tenant.Member });
        parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Uuid, Value = tenant.Id });
        parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Jsonb });
    }

    private static void FillBatch(NpgsqlParameterCollection parameters, long number)
    {
        var text = new StringBuilder("[", BatchSize * 700);
        for (var row = 0; row < BatchSize; row++)
        {
            var key = (number * BatchSize) + row;
            text.Append(row == 0 ? "" : ",").Append(
                CultureInfo.InvariantCulture,
                $$"""{"event_source":"bench","event_type":"order0","idempotency_key":"b{{key}}","event_data":{{Tenant.EventData(key)}}}""");
        }

        parameters[2].Value = text.Append(']').ToString();
    }
}
