namespace Hera.PgCore.Benchmarks.Stage;

/// <summary>
/// Brings code and database to the state of a host that has been up for a while: methods compiled for good, statements prepared, plans made.
/// </summary>
internal static class WarmUp
{
    private const int FirstTime = 30_000;
    private const int EachDatabase = 3_000;

    private static bool _compiled;

    /// <summary>A tenant with a webhook a receiver in a new database, whose queue is empty.</summary>
    public static async Task<Tenant> PrepareAsync(BenchStage stage, BenchDatabase database)
    {
        var tenant = await Tenant.CreateAsync(database, stage.Receiver.Urls);
        var count = _compiled ? EachDatabase : FirstTime;
        if (!_compiled)
            await RawPost.RateAsync(stage.Receiver, count);
        await tenant.QueueAsync(count);
        await DeliveryRun.DeliverAsync(database, count);
        await tenant.QueueAsync(count);
        await ClaimRun.RateAsync(database.Outbox, count);
        _compiled = true;
        return tenant;
    }
}
