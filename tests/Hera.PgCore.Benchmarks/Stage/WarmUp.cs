using System.Runtime;

namespace Hera.PgCore.Benchmarks.Stage;

/// <summary>
/// Brings code and database to the state of a host that has been up for a while: methods compiled for good, statements prepared, plans made.
/// </summary>
internal static class WarmUp
{
    private const int EachDatabase = 3_000;
    private const int EachCycle = 10_000;

    // The compiler works beside the measurement, with a sixth of the processor, until it has nothing left to improve.
    private const int MostCycles = 12;
    private const int FewMethods = 20;

    private static bool _compiled;

    /// <summary>A tenant with a webhook a receiver in a new database, whose queue is empty.</summary>
    public static async Task<Tenant> PrepareAsync(BenchStage stage, BenchDatabase database)
    {
        var tenant = await Tenant.CreateAsync(database, stage.Receiver.Urls);
        for (var cycle = 0; !_compiled && cycle < MostCycles; cycle++)
        {
            var before = JitInfo.GetCompiledMethodCount();
            await RawPost.RateAsync(stage.Receiver, EachCycle);
            await RunAsync(database, tenant, EachCycle);
            _compiled = cycle > 1 && JitInfo.GetCompiledMethodCount() - before < FewMethods;
        }

        _compiled = true;
        await RunAsync(database, tenant, EachDatabase);
        return tenant;
    }

    private static async Task RunAsync(BenchDatabase database, Tenant tenant, int count)
    {
        await tenant.QueueAsync(count);
        await DeliveryRun.DeliverAsync(database, count);
        await tenant.QueueAsync(count);
        await ClaimRun.RateAsync(database.Outbox, count);
    }
}
